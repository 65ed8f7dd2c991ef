package dev.roadstead.wire.sigv4;

import dev.roadstead.base.Bug;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SHA-256 and its HMAC, lower-case hex.
final class Hashes {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HMAC = "HmacSHA256";

  private Hashes() {}

  /// Whether a text is 64 lower-case hex digits.
  static boolean looksLikeSha256(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return text.length() == 64;
  }

  static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new Bug("every JDK has SHA-256", e);
    }
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new Bug("every JDK has " + HMAC, e);
    }
  }

  /// Whether a text is this MAC in hex, in a time that does not depend on where they differ.
  static boolean same(byte[] mac, String hex) {
    return MessageDigest.isEqual(
        HEX.formatHex(mac).getBytes(StandardCharsets.US_ASCII),
        hex.getBytes(StandardCharsets.US_ASCII));
  }
}
