package dev.roadstead.wire.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON text as UTF-8 in a growing array. The caller keeps to the grammar; commas come by
/// themselves. For answers: a general generator took half of the time of describing tasks.
final class JsonBytes {
  private static final int NAME_SIZE = 64;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// One bit for each byte of a long: the highest, and the lowest.
  private static final long HIGHEST = 0x8080_8080_8080_8080L;

  private static final long LOWEST = 0x0101_0101_0101_0101L;

  private static final int FIRST_PLAIN = 0x20;
  private static final int LONG_DIGITS_MAX = 20;

  private byte[] bytes;
  private int size;
  private boolean comma;

  /// @param sizeGuess bytes that it will take, more or less
  JsonBytes(int sizeGuess) {
    bytes = new byte[sizeGuess];
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /// What was written, without a copy: nothing more may be.
  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  int size() {
    return size;
  }

  /// A member's name as {@link #name} takes it: in quotes, with the colon.
  static byte[] quoted(String name) {
    JsonBytes out = new JsonBytes(NAME_SIZE);
    out.string(name);
    out.append((byte) ':');
    return out.toByteArray();
  }

  void name(byte[] quotedName) {
    separate();
    append(quotedName, quotedName.length);
    comma = false;
  }

  void name(String name) {
    string(name);
    append((byte) ':');
    comma = false;
  }

  void startObject() {
    start((byte) '{');
  }

  void endObject() {
    end((byte) '}');
  }

  void startArray() {
    start((byte) '[');
  }

  void endArray() {
    end((byte) ']');
  }

  void number(long value) {
    separate();
    reserve(LONG_DIGITS_MAX);
    if (value < 0) {
      plain(Long.toString(value));
    } else {
      digits(value);
    }
  }

  void truth(boolean value) {
    raw(value ? "true" : "false");
  }

  void nothing() {
    raw("null");
  }

  /// A number or word that is JSON already, in ASCII.
  void raw(String ascii) {
    separate();
    plain(ascii);
  }

  /// Milliseconds since 1970 as seconds with three decimals.
  void millis(long millis) {
    separate();
    reserve(LONG_DIGITS_MAX + 4);
    digits(millis / 1000);
    int rest = (int) (millis % 1000);
    bytes[size] = '.';
    bytes[size + 1] = (byte) ('0' + rest / 100);
    bytes[size + 2] = (byte) ('0' + rest / 10 % 10);
    bytes[size + 3] = (byte) ('0' + rest % 10);
    size += 4;
  }

  /// A text in quotes. What is no text in UTF-16 (half a pair) becomes a question mark.
  void string(String text) {
    separate();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length + 2);
    bytes[size++] = '"';
    int special = special(utf8, 0);
    if (special == utf8.length) {
      System.arraycopy(utf8, 0, bytes, size, utf8.length);
      size += utf8.length;
    } else {
      escaped(utf8, special);
    }
    append((byte) '"');
  }

  /// The first byte from there on that must be escaped; the length when there is none.
  private static int special(byte[] utf8, int from) {
    int at = from;
    while (at + Long.BYTES <= utf8.length) {
      long eight = (long) EIGHT.get(utf8, at);
      long quote = eight ^ ('"' * LOWEST);
      long slash = eight ^ ('\\' * LOWEST);
      long found =
          ((eight - FIRST_PLAIN * LOWEST) & ~eight)
              | ((quote - LOWEST) & ~quote)
              | ((slash - LOWEST) & ~slash);
      if ((found & HIGHEST) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < utf8.length && !isSpecial(utf8[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpecial(byte one) {
    return one == '"' || one == '\\' || (one >= 0 && one < FIRST_PLAIN);
  }

  private void escaped(byte[] utf8, int firstSpecial) {
    int from = 0;
    int special = firstSpecial;
    while (special < utf8.length) {
      append(utf8, from, special - from);
      escape(utf8[special]);
      from = special + 1;
      special = special(utf8, from);
    }
    append(utf8, from, utf8.length - from);
  }

  private void escape(byte one) {
    byte letter =
        switch (one) {
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          case '"', '\\' -> one;
          default -> 'u';
        };
    append((byte) '\\');
    append(letter);
    if (letter == 'u') {
      append((byte) '0');
      append((byte) '0');
      append(HEX[one >> 4]);
      append(HEX[one & 0xF]);
    }
  }

  /// There must be room for it.
  private void digits(long value) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      count++;
    }
    long rest = value;
    for (int at = size + count - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  private void start(byte bracket) {
    separate();
    append(bracket);
    comma = false;
  }

  private void end(byte bracket) {
    append(bracket);
    comma = true;
  }

  private void separate() {
    if (comma) {
      append((byte) ',');
    }
    comma = true;
  }

  private void plain(String ascii) {
    byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
    append(text, text.length);
  }

  private void append(byte one) {
    reserve(1);
    bytes[size++] = one;
  }

  private void append(byte[] from, int count) {
    append(from, 0, count);
  }

  private void append(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, size, count);
    size += count;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}
