package dev.roadstead.wire.sigv4;

import java.util.regex.Pattern;

/// The credential of a signature, `KEYID/20260131/us-east-1/ecs/aws4_request`.
///
/// @param date yyyyMMdd
record Scope(String accessKeyId, String date, String region, String service) {
  private static final String TERMINATOR = "aws4_request";
  private static final int PARTS = 5;

  /// Regions become keys and parts of ARNs: nothing else may pass. AWS's longest has 14 characters.
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  /// Key ids of AWS have 20 characters, at most 128. Source: IAM API reference, AccessKey.
  private static final Pattern KEY_ID = Pattern.compile("[\\w.=+@-]{1,128}");

  private static final Pattern DATE = Pattern.compile("[0-9]{8}");

  static Scope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != PARTS) {
      throw SignatureErrors.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term.");
    }
    if (!KEY_ID.matcher(parts[0]).matches()) {
      throw SignatureErrors.unknownKey();
    }
    if (!DATE.matcher(parts[1]).matches()) {
      throw SignatureErrors.incomplete("Date in Credential scope must be YYYYMMDD.");
    }
    if (!REGION.matcher(parts[2]).matches()) {
      throw SignatureErrors.invalid("Credential should be scoped to a valid region.");
    }
    if (parts[3].isEmpty()) {
      throw SignatureErrors.invalid("Credential should be scoped to a service.");
    }
    if (!parts[4].equals(TERMINATOR)) {
      throw SignatureErrors.invalid(
          "Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    return new Scope(parts[0], parts[1], parts[2], parts[3]);
  }

  /// The scope without the key id, as it is signed.
  String text() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
