package dev.roadstead.wire.sigv4;

import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Verifies signatures. Safe from any thread.
///
/// Refuses: MissingAuthenticationTokenException, IncompleteSignatureException,
/// UnrecognizedClientException, InvalidSignatureException, and what {@link Keys} refuses.
public final class Verifier {
  /// How far a caller's clock may be off. Source: the text of AWS's own refusal.
  public static final Duration SKEW_MAX = Duration.ofMinutes(5);

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final String PAYLOAD_HASH = "x-amz-content-sha256";

  private final Policy policy;
  private final Keys keys;
  private final InstantSource clock;
  private final SigningKeys signingKeys = new SigningKeys();

  public Verifier(Policy policy, Keys keys, InstantSource clock) {
    this.policy = policy;
    this.keys = keys;
    this.clock = clock;
  }

  public Policy policy() {
    return policy;
  }

  /// Who signed the request, for any service. The payload must be signed as well: AWS takes
  /// `UNSIGNED-PAYLOAD` for S3 only.
  ///
  /// @param service the service the request is for, by its signing name; null when that is not
  ///     known, and then any will do
  public Identity identify(SignedRequest request, @Nullable String service) {
    Query query = Query.parse(request.query());
    Signature signature = Signature.parse(request, query);
    if (policy == Policy.DEVELOPMENT) {
      return believed(signature);
    }
    Keys.Key key = keys.find(signature.scope().accessKeyId(), signature.sessionToken());
    if (key == null) {
      throw SignatureErrors.unknownKey();
    }
    checkTime(signature);
    checkScope(signature, service);
    checkSignedHeaders(request, signature);
    String payloadHash = payloadHash(request);
    String canonical = Canonical.request(request, query, signature.signedHeaders(), payloadHash);
    String toSign =
        Signature.ALGORITHM
            + "\n"
            + BasicTime.format(signature.time())
            + "\n"
            + signature.scope().text()
            + "\n"
            + Hashes.sha256(canonical);
    byte[] mac = Hashes.hmac(signingKeys.key(signature.scope(), key.secret()), toSign);
    if (!Hashes.same(mac, signature.signature())) {
      throw SignatureErrors.mismatch();
    }
    return identity(signature.scope(), key);
  }

  private Identity believed(Signature signature) {
    Scope scope = signature.scope();
    Keys.Key known = keys.find(scope.accessKeyId(), signature.sessionToken());
    if (known != null) {
      return identity(scope, known);
    }
    String id = scope.accessKeyId();
    String account = ACCOUNT.matcher(id).matches() ? id : Policy.DEVELOPMENT_ACCOUNT;
    return identity(scope, new Keys.Key("", account, "arn:aws:iam::" + account + ":root"));
  }

  private static Identity identity(Scope scope, Keys.Key key) {
    return new Identity(
        scope.accessKeyId(), key.account(), key.principalArn(), scope.region(), scope.service());
  }

  private void checkTime(Signature signature) {
    Instant now = clock.instant();
    Instant signed = signature.time();
    Duration lifetime = signature.expires() == null ? SKEW_MAX : signature.expires();
    if (signed.isBefore(now.minus(lifetime))) {
      throw SignatureErrors.invalid(
          "Signature expired: "
              + BasicTime.format(signed)
              + " is now earlier than "
              + BasicTime.format(now.minus(lifetime))
              + " ("
              + BasicTime.format(now)
              + " - "
              + spoken(lifetime)
              + ")");
    }
    if (signed.isAfter(now.plus(SKEW_MAX))) {
      throw SignatureErrors.invalid(
          "Signature not yet current: "
              + BasicTime.format(signed)
              + " is still later than "
              + BasicTime.format(now.plus(SKEW_MAX))
              + " ("
              + BasicTime.format(now)
              + " + "
              + spoken(SKEW_MAX)
              + ")");
    }
  }

  private static String spoken(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min."
        : duration.toSeconds() + " sec.";
  }

  private static void checkScope(Signature signature, @Nullable String service) {
    Scope scope = signature.scope();
    if (service != null && !scope.service().equals(service)) {
      throw SignatureErrors.invalid(
          "Credential should be scoped to correct service: '" + service + "'.");
    }
    String time = BasicTime.format(signature.time());
    if (!time.startsWith(scope.date())) {
      throw SignatureErrors.invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '"
              + scope.date()
              + "' != '"
              + time.substring(0, scope.date().length())
              + "', from '"
              + time
              + "'.");
    }
  }

  /// The host, and everything that tells AWS what to do, must be under the signature.
  private static void checkSignedHeaders(SignedRequest request, Signature signature) {
    List<String> signed = signature.signedHeaders();
    if (!signed.contains("host")) {
      throw SignatureErrors.invalid(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !signed.contains(name)) {
        throw SignatureErrors.unsigned(name.toLowerCase(Locale.ROOT));
      }
    }
    for (String name : signed) {
      if (!request.headers().containsKey(name)) {
        throw SignatureErrors.mismatch();
      }
    }
  }

  /// The hash of the body. Where the caller states one it must be that of what arrived.
  private static String payloadHash(SignedRequest request) {
    String computed = Hashes.sha256(request.body());
    List<String> stated = request.headers().get(PAYLOAD_HASH);
    if (stated == null) {
      return computed;
    }
    if (stated.size() != 1 || !Hashes.looksLikeSha256(stated.getFirst())) {
      throw SignatureErrors.invalid(
          "x-amz-content-sha256 must be the SHA-256 of the body: other values are taken for S3"
              + " only.");
    }
    if (!stated.getFirst().equals(computed)) {
      throw payloadDiffers();
    }
    return computed;
  }

  private static Refusal payloadDiffers() {
    return SignatureErrors.invalid(
        "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
}
