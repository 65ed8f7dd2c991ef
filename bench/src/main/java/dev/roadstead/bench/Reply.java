package dev.roadstead.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP/1.1 response in a buffer.
///
/// @param headLength bytes up to and with the empty line
/// @param bodyLength bytes after it; 0 for a switch of protocols
record Reply(int status, int headLength, int bodyLength) {
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final String LENGTH = "content-length:";

  /// Null while the head is not complete.
  ///
  /// @param in ready to be read, backed by an array; its position stays
  static @Nullable Reply parse(ByteBuffer in) {
    byte[] bytes = in.array();
    int start = in.arrayOffset() + in.position();
    int end = in.arrayOffset() + in.limit();
    int at = start;
    while (at + 3 < end
        && !(bytes[at] == '\r'
            && bytes[at + 1] == '\n'
            && bytes[at + 2] == '\r'
            && bytes[at + 3] == '\n')) {
      at++;
    }
    if (at + 3 >= end) {
      return null;
    }
    int status =
        (bytes[start + STATUS_AT] - '0') * 100
            + (bytes[start + STATUS_AT + 1] - '0') * 10
            + (bytes[start + STATUS_AT + 2] - '0');
    int length = length(bytes, start, at);
    if (length < 0 && status != 101) {
      throw new IllegalStateException("a response without Content-Length");
    }
    return new Reply(status, at + 4 - start, Math.max(0, length));
  }

  private static int length(byte[] bytes, int start, int end) {
    for (int at = start; at < end - LENGTH.length(); at++) {
      if (bytes[at] == '\n' && isLength(bytes, at + 1)) {
        int length = 0;
        for (int digit = at + 1 + LENGTH.length(); digit < end; digit++) {
          if (bytes[digit] >= '0' && bytes[digit] <= '9') {
            length = length * 10 + bytes[digit] - '0';
          } else if (bytes[digit] != ' ') {
            break;
          }
        }
        return length;
      }
    }
    return -1;
  }

  private static boolean isLength(byte[] bytes, int at) {
    return (bytes[at] | 0x20) == 'c'
        && new String(bytes, at, LENGTH.length(), StandardCharsets.US_ASCII)
            .toLowerCase(Locale.ROOT)
            .equals(LENGTH);
  }
}
