package dev.roadstead.wire.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request says about its signature, parsed but not believed.
///
/// @param signedHeaders lower-case names in the order sent
/// @param signature 64 hex digits
/// @param time when the request was signed
/// @param expires how long a presigned request is good for; null for the header form
record Signature(
    Scope scope,
    List<String> signedHeaders,
    String signature,
    Instant time,
    @Nullable String sessionToken,
    @Nullable Duration expires) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /// Presigned requests live for a week at most. Source: IAM user guide, "Create a signed request".
  private static final int EXPIRES_SECONDS_MAX = 604_800;

  /// The longest Authorization header looked at: a credential, a signature, and far more header
  /// names than any client signs.
  private static final int LENGTH_MAX = 4096;

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}");

  static Signature parse(SignedRequest request, Query query) {
    boolean header = request.headers().containsKey("authorization");
    boolean presigned = query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm");
    if (header && presigned) {
      throw SignatureErrors.incomplete(
          "Only one of the Authorization header and the X-Amz-Algorithm parameter may be used.");
    }
    if (header) {
      return ofHeader(request);
    }
    if (presigned) {
      return ofQuery(query);
    }
    throw SignatureErrors.missing();
  }

  private static Signature ofHeader(SignedRequest request) {
    String text = request.header("authorization");
    if (text == null || text.length() > LENGTH_MAX) {
      throw SignatureErrors.incomplete(
          "Authorization header must appear once and not be longer"
              + " than "
              + LENGTH_MAX
              + " characters.");
    }
    int space = text.indexOf(' ');
    if (space < 0 || !text.substring(0, space).equals(ALGORITHM)) {
      throw SignatureErrors.incomplete("Unsupported AWS 'algorithm': use AWS4-HMAC-SHA256.");
    }
    Parts parts = Parts.parse(text.substring(space + 1));
    String token = request.header("x-amz-security-token");
    return new Signature(
        Scope.parse(parts.credential()),
        names(parts.signedHeaders()),
        hex(parts.signature()),
        time(request),
        token,
        null);
  }

  private static Signature ofQuery(Query query) {
    if (!ALGORITHM.equals(query.only("X-Amz-Algorithm"))) {
      throw SignatureErrors.incomplete("Unsupported AWS 'algorithm': use AWS4-HMAC-SHA256.");
    }
    String expires = needed(query, "X-Amz-Expires");
    if (!SECONDS.matcher(expires).matches()
        || Integer.parseInt(expires) < 1
        || Integer.parseInt(expires) > EXPIRES_SECONDS_MAX) {
      throw SignatureErrors.incomplete(
          "X-Amz-Expires must be a number of seconds between 1 and " + EXPIRES_SECONDS_MAX + ".");
    }
    return new Signature(
        Scope.parse(needed(query, "X-Amz-Credential")),
        names(needed(query, "X-Amz-SignedHeaders")),
        hex(needed(query, "X-Amz-Signature")),
        basic(needed(query, "X-Amz-Date")),
        query.only("X-Amz-Security-Token"),
        Duration.ofSeconds(Integer.parseInt(expires)));
  }

  private static String needed(Query query, String name) {
    String value = query.only(name);
    if (value == null) {
      throw SignatureErrors.incomplete("AWS query-string parameters must include '" + name + "'.");
    }
    return value;
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split(";", -1)) {
      if (name.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT)) || names.contains(name)) {
        throw SignatureErrors.incomplete(
            "SignedHeaders must be lower-case names, each once, separated by semicolons.");
      }
      names.add(name);
    }
    return names;
  }

  private static String hex(String text) {
    if (!Hashes.looksLikeSha256(text)) {
      throw SignatureErrors.incomplete("Signature must be 64 lower-case hexadecimal digits.");
    }
    return text;
  }

  private static Instant time(SignedRequest request) {
    String amz = request.header("x-amz-date");
    if (amz != null) {
      return basic(amz);
    }
    String date = request.header("date");
    if (date == null) {
      throw SignatureErrors.incomplete(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException _) {
      return basic(date);
    }
  }

  private static Instant basic(String text) {
    Instant time = BasicTime.parse(text);
    if (time == null) {
      throw SignatureErrors.incomplete(
          "Date must be in ISO-8601 'basic format', e.g. 20260131T235959Z.");
    }
    return time;
  }

  /// The three parts of an Authorization header.
  private record Parts(String credential, String signedHeaders, String signature) {
    static Parts parse(String text) {
      String credential = null;
      String signedHeaders = null;
      String signature = null;
      for (String part : text.split(",", -1)) {
        String trimmed = part.trim();
        int equals = trimmed.indexOf('=');
        String value = trimmed.substring(equals + 1);
        switch (equals < 0 ? "" : trimmed.substring(0, equals)) {
          case "Credential" -> credential = value;
          case "SignedHeaders" -> signedHeaders = value;
          case "Signature" -> signature = value;
          default ->
              throw SignatureErrors.incomplete(
                  "Authorization header holds something other than Credential, SignedHeaders and"
                      + " Signature.");
        }
      }
      return new Parts(
          needed(credential, "Credential"),
          needed(signedHeaders, "SignedHeaders"),
          needed(signature, "Signature"));
    }

    private static String needed(@Nullable String value, String name) {
      if (value == null || value.isEmpty()) {
        throw SignatureErrors.incomplete("Authorization header requires '" + name + "' parameter.");
      }
      return value;
    }
  }
}
