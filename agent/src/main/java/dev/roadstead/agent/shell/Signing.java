package dev.roadstead.agent.shell;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs requests to the control plane: SigV4, service `ecs`.
final class Signing {
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsIdentity identity;
  private final String region;

  Signing(AgentConfig.Credentials credentials, String region) {
    String token = credentials.sessionToken();
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey();
    this.identity =
        token == null
            ? AwsCredentialsIdentity.create(id, secret)
            : AwsSessionCredentialsIdentity.create(id, secret, token);
    this.region = region;
  }

  /// All headers to send, except Host, which the client sets itself.
  Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body) {
    var request = SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    headers.forEach(request::putHeader);
    ContentStreamProvider payload = () -> new ByteArrayInputStream(body);
    var signed =
        signer.sign(
            b ->
                b.identity(identity)
                    .request(request.build())
                    .payload(payload)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    signed.request().forEachHeader((name, values) -> all.put(name, values.getFirst()));
    all.remove("Host");
    all.remove("Content-Length");
    return all;
  }

  /// The header block of a TCS message: the signature over the connection's URL and the JSON.
  Map<String, String> signFrame(URI uri, String json) {
    var headers = sign("GET", uri, Map.of(), json.getBytes(StandardCharsets.UTF_8));
    headers.put("Host", uri.getAuthority());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("x-amz-content-sha256"));
    return headers;
  }
}
