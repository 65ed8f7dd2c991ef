package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;

/// Numbers, booleans, timestamps and blobs. Timestamps are epoch seconds with milliseconds as
/// fraction. Blobs are base64. What a double cannot say in digits is the text `NaN`, `Infinity`
/// or `-Infinity`. Source: Smithy, "AWS JSON 1.1 protocol".
final class Scalars {
  /// The last second of the year 9999: what ISO-8601 and every client can print.
  private static final double SECONDS_MAX = 253_402_300_799.999;

  private static final double MILLIS = 1000;

  private Scalars() {}

  static Object read(JsonParser parser, Member member, JsonToken token) throws IOException {
    return switch (member.kind) {
      case INTEGER -> (int) whole(parser, member, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(parser, member, token, Long.MIN_VALUE, Long.MAX_VALUE);
      case SHORT -> (short) whole(parser, member, token, Short.MIN_VALUE, Short.MAX_VALUE);
      case BYTE -> (byte) whole(parser, member, token, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case FLOAT -> (float) fraction(parser, member, token);
      case DOUBLE -> fraction(parser, member, token);
      case DECIMAL -> decimal(parser, member, token);
      case INSTANT -> instant(parser, member, token);
      case BYTES -> blob(parser, member, token);
      case BOOLEAN -> {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
          throw Malformed.type(token, member);
        }
        yield token == JsonToken.VALUE_TRUE;
      }
      case STRING, STRUCTURE, LIST, MAP, DOCUMENT -> throw Malformed.type(token, member);
    };
  }

  /// A whole number within bounds. `3.0` and `3e0` are whole.
  private static long whole(
      JsonParser parser, Member member, JsonToken token, long least, long most) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw Malformed.range(member);
      }
      return within(parser.getLongValue(), member, least, most);
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getDoubleValue();
      if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
        return within((long) value, member, least, most);
      }
    }
    throw Malformed.type(token, member);
  }

  private static long within(long value, Member member, long least, long most) {
    if (value < least || value > most) {
      throw Malformed.range(member);
    }
    return value;
  }

  private static double fraction(JsonParser parser, Member member, JsonToken token)
      throws IOException {
    if (token.isNumeric()) {
      double value = parser.getDoubleValue();
      double most = member.kind == Kind.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
      if (Math.abs(value) > most) {
        throw Malformed.range(member);
      }
      return value;
    }
    return switch (token == JsonToken.VALUE_STRING ? parser.getText() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw Malformed.type(token, member);
    };
  }

  private static BigDecimal decimal(JsonParser parser, Member member, JsonToken token)
      throws IOException {
    if (!token.isNumeric()) {
      throw Malformed.type(token, member);
    }
    return parser.getDecimalValue();
  }

  private static Instant instant(JsonParser parser, Member member, JsonToken token)
      throws IOException {
    if (!token.isNumeric()) {
      throw Malformed.type(token, member);
    }
    double seconds = parser.getDoubleValue();
    if (!(Math.abs(seconds) <= SECONDS_MAX)) {
      throw Malformed.range(member);
    }
    return Instant.ofEpochMilli(Math.round(seconds * MILLIS));
  }

  private static SdkBytes blob(JsonParser parser, Member member, JsonToken token)
      throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw Malformed.type(token, member);
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(parser.getText()));
    } catch (IllegalArgumentException _) {
      throw Malformed.base64(member);
    }
  }

  static void write(JsonBytes out, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.string(Double.toString(value));
    } else {
      out.raw(Double.toString(value));
    }
  }

  static void write(JsonBytes out, Instant instant) {
    long millis = instant.toEpochMilli();
    if (millis < 0) {
      out.raw(BigDecimal.valueOf(millis, 3).toPlainString());
    } else {
      out.millis(millis);
    }
  }

  static void write(JsonBytes out, SdkBytes bytes) {
    out.string(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
  }
}
