package dev.roadstead.wire.sigv4;

/// The credential of a signature, `KEYID/20260131/us-east-1/ecs/aws4_request`.
///
/// @param date yyyyMMdd
record Scope(String accessKeyId, String date, String region, String service) {
  private static final String TERMINATOR = "aws4_request";
  private static final int PARTS = 5;

  /// AWS's longest region has 14 characters.
  private static final int REGION_MAX = 32;

  /// Key ids of AWS have 20 characters, at most 128. Source: IAM API reference, AccessKey.
  private static final int KEY_ID_MAX = 128;

  static Scope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != PARTS) {
      throw SignatureErrors.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term.");
    }
    if (!isKeyId(parts[0])) {
      throw SignatureErrors.unknownKey();
    }
    if (!isDate(parts[1])) {
      throw SignatureErrors.incomplete("Date in Credential scope must be YYYYMMDD.");
    }
    if (!isRegion(parts[2])) {
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

  private static boolean isKeyId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !isLower(c) && (c < 'A' || c > 'Z') && "_.=+@-".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= KEY_ID_MAX;
  }

  private static boolean isDate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.length() == 8;
  }

  /// Regions become keys and parts of ARNs: nothing else may pass.
  private static boolean isRegion(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !isLower(c) && (c != '-' || i == 0)) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= REGION_MAX;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  /// The scope without the key id, as it is signed.
  String text() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
