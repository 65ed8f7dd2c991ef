package dev.roadstead.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ENDPOINT = "http://127.0.0.1:4566/";
  private static final String WS =
      "http://127.0.0.1:4566/acs/ws?agentHash=a%2Bb&dockerVersion=DockerVersion%3A%2020.10"
          + "&clusterArn=arn%3Aaws%3Aecs&empty=&seqNum=1&agentVersion=1";
  private static final Keys.Key KEY =
      new Keys.Key(SdkSigner.SECRET, "123456789012", "arn:aws:iam::123456789012:user/ann");

  private final Verifier verifier = verifier(Policy.VERIFIED, NOW, null);
  private final Verifier tokens = verifier(Policy.VERIFIED, NOW, SdkSigner.TOKEN);
  private final SdkSigner signer = SdkSigner.at(NOW);

  @Test
  void acceptsTheHeaderForm() {
    assertThat(verifier.identify(signer.post(ENDPOINT, "{\"maxResults\":3}"), "ecs"))
        .isEqualTo(
            new Identity(
                SdkSigner.KEY_ID, "123456789012", KEY.principalArn(), "eu-central-1", "ecs"));
  }

  @Test
  void acceptsSessionTokens() {
    SignedRequest request = signer.withToken().post(ENDPOINT, "{}");
    assertThat(tokens.identify(request, "ecs").account()).isEqualTo("123456789012");
    refused(verifier, request, "UnrecognizedClientException", "security token");
    refused(
        tokens,
        without(request, "x-amz-security-token"),
        "UnrecognizedClientException",
        "security token");
  }

  @Test
  void acceptsThePresignedForm() {
    SignedRequest request = signer.presigned(WS, Duration.ofMinutes(1));
    assertThat(verifier.identify(request, "ecs").region()).isEqualTo("eu-central-1");
    SignedRequest token = signer.withToken().presigned(WS, Duration.ofDays(7));
    assertThat(tokens.identify(token, "ecs").region()).isEqualTo("eu-central-1");
  }

  @Test
  void acceptsPlusSignsForSpacesInQueries() {
    SignedRequest request = signer.get(WS);
    verifier.identify(request, "ecs");
    assertThat(request.query()).contains("%20");
    verifier.identify(withQuery(request, query(request).replace("%20", "+")), "ecs");
    refused(
        verifier,
        withQuery(request, query(request).replace("%2B", "+")),
        "InvalidSignatureException",
        "does not match");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "/a/",
        "/a%20b/c",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/%C3%A4",
        "/a~b_c-d.e",
        "/a:b",
        "/a?",
        "/?x",
        "/?x=1&x=0&X=2&a-b=c&a=%20",
        "/?b=%C3%A4&a=%26%3D",
        "/?k=a/b"
      })
  void agreesWithTheSdkOnPathsAndQueries(String target) {
    verifier.identify(signer.get("http://localhost:4566" + target), "ecs");
    verifier.identify(
        signer.presigned("http://localhost:4566" + target, Duration.ofSeconds(5)), "ecs");
  }

  @Test
  void acceptsClocksWithinFiveMinutes() {
    verifier.identify(SdkSigner.at(NOW.minusSeconds(300)).post(ENDPOINT, "{}"), "ecs");
    verifier.identify(SdkSigner.at(NOW.plusSeconds(300)).post(ENDPOINT, "{}"), "ecs");
    refused(
        verifier,
        SdkSigner.at(NOW.minusSeconds(301)).post(ENDPOINT, "{}"),
        "InvalidSignatureException",
        "Signature expired: 20260301T115459Z is now earlier than 20260301T115500Z"
            + " (20260301T120000Z - 5 min.)");
    refused(
        verifier,
        SdkSigner.at(NOW.plusSeconds(301)).post(ENDPOINT, "{}"),
        "InvalidSignatureException",
        "Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z"
            + " (20260301T120000Z + 5 min.)");
  }

  @Test
  void letsPresignedRequestsExpire() {
    SignedRequest request = SdkSigner.at(NOW.minusSeconds(61)).presigned(WS, Duration.ofMinutes(1));
    refused(verifier, request, "InvalidSignatureException", "Signature expired: 20260301T115859Z");
    Duration hour = Duration.ofHours(1);
    verifier.identify(SdkSigner.at(NOW.minusSeconds(3599)).presigned(WS, hour), "ecs");
  }

  @Test
  void refusesWhenAnyPartIsAltered() {
    SignedRequest request = signer.post(ENDPOINT, "{\"a\":1}");
    for (String header : List.of("host", "content-type", "x-amz-target", "x-odd")) {
      refused(verifier, with(request, header, "other"), "InvalidSignatureException", "not match");
      refused(verifier, without(request, header), "InvalidSignatureException", "not match");
    }
    mismatch(with(request, "x-amz-date", "20260301T120001Z"));
    mismatch(new SignedRequest("PUT", "/", null, request.headers(), request.body()));
    mismatch(new SignedRequest("POST", "/x", null, request.headers(), request.body()));
    mismatch(withQuery(request, "a=b"));
    for (String body : List.of("{\"a\":2}", "")) {
      refused(verifier, withBody(request, body), "InvalidSignatureException", "does not match");
    }
    for (String edit : List.of("eu-central-1>eu-central-2", ";x-odd>")) {
      mismatch(authorization(request, edit.split(">", -1)[0], edit.split(">", -1)[1]));
    }
  }

  @Test
  void refusesEveryAlteredDigitOfTheSignature() {
    SignedRequest request = signer.post(ENDPOINT, "{}");
    String text = authorization(request);
    for (int i = text.length() - 64; i < text.length(); i++) {
      char other = text.charAt(i) == '0' ? '1' : '0';
      mismatch(
          with(request, "authorization", text.substring(0, i) + other + text.substring(i + 1)));
    }
  }

  @Test
  void refusesEveryAlteredPartOfAPresignedRequest() {
    SignedRequest request = signer.presigned(WS, Duration.ofMinutes(1));
    String query = query(request);
    mismatch(withQuery(request, query.replace("seqNum=1", "seqNum=2")));
    mismatch(withQuery(request, query.replaceAll("&?empty=?", "")));
    mismatch(withQuery(request, query + "&more=1"));
    mismatch(withQuery(request, query.replace("X-Amz-Expires=60", "X-Amz-Expires=61")));
    mismatch(withBody(request, "x"));
    mismatch(with(request, "host", "localhost:1"));
    mismatch(new SignedRequest("GET", "/tcs/ws", query, request.headers(), request.body()));
    refused(
        verifier,
        withQuery(request, query.replace("X-Amz-Expires=60", "X-Amz-Expires=604801")),
        "IncompleteSignatureException",
        "between 1 and 604800");
    refused(
        verifier,
        withQuery(request, query.replaceAll("&?X-Amz-Date=[^&]*", "")),
        "IncompleteSignatureException",
        "X-Amz-Date");
    refused(
        verifier,
        withQuery(request, "%zz=" + query),
        "InvalidSignatureException",
        "does not match");
  }

  @Test
  void wantsTheHostAndAmazonsHeadersSigned() {
    SignedRequest request = signer.post(ENDPOINT, "{}");
    refused(
        verifier,
        with(request, "x-amz-user-agent", "x"),
        "InvalidSignatureException",
        "'x-amz-user-agent' must be a 'SignedHeader'");
    refused(
        verifier,
        authorization(request, "host;", ""),
        "InvalidSignatureException",
        "'Host' or ':authority' must be a 'SignedHeader'");
    verifier.identify(with(request, "user-agent", "anything"), "ecs");
  }

  @Test
  void checksTheStatedPayloadHash() {
    SignedRequest request = signer.post(ENDPOINT, "{}");
    for (String stated : List.of("UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0")) {
      var changed = with(request, "x-amz-content-sha256", stated);
      refused(verifier, changed, "InvalidSignatureException", "x-amz-content-sha256");
    }
  }

  @Test
  void refusesOtherScopes() {
    refused(
        verifier,
        new SdkSigner(signer.credentials(), NOW, "eu-central-1", "ecr").post(ENDPOINT, "{}"),
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'ecs'.");
    refused(
        verifier,
        authorization(signer.post(ENDPOINT, "{}"), "20260301/", "20260302/"),
        "InvalidSignatureException",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
            + " '20260302' != '20260301', from '20260301T120000Z'.");
    var unknownService = signer.post(ENDPOINT, "{}");
    assertThat(verifier.identify(unknownService, null).service()).isEqualTo("ecs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS4-HMAC-SHA256|IncompleteSignatureException",
        "Bearer abc|IncompleteSignatureException",
        "AWS4-HMAC-SHA1 Credential=a/20260301/r/s/aws4_request|IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00"
            + "|IncompleteSignatureException",
        "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00|IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=a/20260301/r/s/aws4_request, Signature=00"
            + "|IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=a/20260301/r/s/aws4_request, SignedHeaders=host"
            + "|IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=a/20260301/R!/s/aws4_request, SignedHeaders=host, Signature=0"
            + "|InvalidSignatureException",
        "AWS4-HMAC-SHA256 Credential=a/20260301/r/s/other, SignedHeaders=host, Signature=0"
            + "|InvalidSignatureException",
        "AWS4-HMAC-SHA256 Credential=a b/20260301/r/s/aws4_request, SignedHeaders=host, Signature=0"
            + "|UnrecognizedClientException",
      })
  void refusesMalformedHeadersUnderEveryPolicy(String authorization, String code) {
    SignedRequest request = with(signer.post(ENDPOINT, "{}"), "authorization", authorization);
    for (Policy policy : Policy.values()) {
      refused(verifier(policy, NOW, null), request, code, "");
    }
  }

  @Test
  void refusesUnsignedRequestsUnderEveryPolicy() {
    SignedRequest request = without(signer.post(ENDPOINT, "{}"), "authorization");
    for (Policy policy : Policy.values()) {
      refused(
          verifier(policy, NOW, null),
          request,
          "MissingAuthenticationTokenException",
          "Missing Authentication Token");
    }
  }

  @Test
  void refusesUnknownKeysBeforeAnythingElse() {
    var nobody = new Verifier(Policy.VERIFIED, Keys.NONE, () -> NOW);
    refused(
        nobody,
        SdkSigner.at(NOW.minusSeconds(9999)).post(ENDPOINT, "{}"),
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  @Test
  void believesWellFormedSignaturesInDevelopment() {
    var development = verifier(Policy.DEVELOPMENT, NOW, null);
    SignedRequest request = withBody(signer.post(ENDPOINT, "{}"), "changed");
    assertThat(development.identify(request, "ecs").account()).isEqualTo("123456789012");
    SignedRequest account = authorization(request, SdkSigner.KEY_ID, "210987654321");
    assertThat(development.identify(account, "ecs"))
        .isEqualTo(
            new Identity(
                "210987654321",
                "210987654321",
                "arn:aws:iam::210987654321:root",
                "eu-central-1",
                "ecs"));
    SignedRequest other = authorization(request, SdkSigner.KEY_ID, "test");
    assertThat(development.identify(other, "ecs").account()).isEqualTo("000000000000");
  }

  @Test
  void keepsSecretsOutOfTexts() {
    assertThat(KEY.toString()).doesNotContain(SdkSigner.SECRET);
  }

  @Test
  void boundsTheSigningKeys() {
    var keys = new SigningKeys();
    for (int i = 0; i < SigningKeys.ENTRIES_MAX + 10; i++) {
      keys.key(new Scope("AKID" + i, "20260301", "r", "s"), "secret");
    }
    assertThat(keys.size()).isLessThanOrEqualTo(SigningKeys.ENTRIES_MAX);
    var scope = new Scope("AKID", "20260301", "r", "s");
    assertThat(keys.key(scope, "one")).isNotEqualTo(keys.key(scope, "two"));
  }

  private void mismatch(SignedRequest request) {
    refused(
        verifier,
        request,
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided.");
  }

  private static void refused(Verifier verifier, SignedRequest request, String code, String text) {
    assertThatThrownBy(() -> verifier.identify(request, "ecs"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.error().code()).isEqualTo(code);
              assertThat(refusal.error().message()).contains(text);
              assertThat(refusal.error().status()).isEqualTo(400);
            });
  }

  private static Verifier verifier(Policy policy, Instant now, @Nullable String token) {
    Keys keys =
        (id, sent) -> id.equals(SdkSigner.KEY_ID) && Objects.equals(sent, token) ? KEY : null;
    return new Verifier(policy, keys, () -> now);
  }

  private static String authorization(SignedRequest request) {
    return request.headers().getOrDefault("authorization", List.of()).getFirst();
  }

  private static SignedRequest authorization(SignedRequest request, String part, String other) {
    UnaryOperator<String> edit = text -> text.replace(part, other);
    String edited = edit.apply(authorization(request));
    assertThat(edited).isNotEqualTo(authorization(request));
    return with(request, "authorization", edited);
  }

  private static String query(SignedRequest request) {
    String query = request.query();
    return query == null ? "" : query;
  }

  private static SignedRequest with(SignedRequest request, String header, String value) {
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.put(header, new ArrayList<>(List.of(value)));
    return new SignedRequest(
        request.method(), request.path(), request.query(), headers, request.body());
  }

  private static SignedRequest without(SignedRequest request, String header) {
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.remove(header);
    return new SignedRequest(
        request.method(), request.path(), request.query(), headers, request.body());
  }

  private static SignedRequest withQuery(SignedRequest request, String query) {
    return new SignedRequest(
        request.method(), request.path(), query, request.headers(), request.body());
  }

  private static SignedRequest withBody(SignedRequest request, String body) {
    return new SignedRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
