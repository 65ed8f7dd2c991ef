package dev.roadstead.wire.sigv4;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// The SDK's own signer, and what it signed as the verifier sees it.
public record SdkSigner(
    AwsCredentialsIdentity credentials, Instant at, String region, String service) {
  public static final String KEY_ID = "AKIDEXAMPLE";
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String TOKEN = "token/with+odd=characters==";

  public static SdkSigner at(Instant at) {
    return new SdkSigner(AwsCredentialsIdentity.create(KEY_ID, SECRET), at, "eu-central-1", "ecs");
  }

  SdkSigner withToken() {
    return new SdkSigner(
        AwsSessionCredentialsIdentity.create(KEY_ID, SECRET, TOKEN), at, region, service);
  }

  /// A POST of `ListClusters`.
  public SignedRequest post(String uri, String body) {
    return post(uri, "ListClusters", body);
  }

  public SignedRequest post(String uri, String operation, String body) {
    return sign(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(uri))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
            .putHeader("X-Odd", "  a   b  c ")
            .build(),
        body,
        null);
  }

  public SignedRequest presigned(String uri, Duration expires) {
    return sign(
        SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(uri)).build(),
        "",
        expires);
  }

  SignedRequest get(String uri) {
    return sign(
        SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(uri)).build(), "", null);
  }

  private SignedRequest sign(SdkHttpRequest request, String body, @Nullable Duration expires) {
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                (SignRequest.Builder<AwsCredentialsIdentity> b) -> {
                  b.identity(credentials)
                      .request(request)
                      .payload(
                          () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                      .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC));
                  if (expires != null) {
                    b.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, expires);
                  }
                })
            .request();
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), new ArrayList<>(header.getValue()));
    }
    return new SignedRequest(
        signed.method().name(),
        signed.encodedPath(),
        signed.encodedQueryParameters().orElse(null),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }
}
