package dev.roadstead.engine.format;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.format.RowPlan.Field;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// Writes records as CBOR (RFC 8949), straight into bytes: every decision and every row of every
/// snapshot passes here. What it leaves out and how it writes a value is {@link RowFormat}'s.
final class RowWriter {
  private static final int UNSIGNED = 0x00;
  private static final int NEGATIVE = 0x20;
  private static final int BINARY = 0x40;
  private static final int TEXT = 0x60;
  private static final int ARRAY = 0x80;
  private static final int MAP = 0xa0;
  private static final int OPEN_MAP = 0xbf;
  private static final int FALSE = 0xf4;
  private static final int TRUE = 0xf5;
  private static final int NULL = 0xf6;
  private static final int DOUBLE = 0xfb;
  private static final int BREAK = 0xff;

  private static final int TINY = 24; // numbers below are part of the first byte
  private static final int NANOS_PER_MILLI = 1_000_000;

  /// Seconds beyond which milliseconds would overflow a long.
  private static final long SECONDS_MAX = Long.MAX_VALUE / 1000 - 1;

  private static final ClassValue<RowPlan> PLANS =
      new ClassValue<>() {
        @Override
        protected RowPlan computeValue(Class<?> type) {
          return RowPlan.of(type);
        }
      };

  private final Bytes to;

  RowWriter(Bytes to) {
    this.to = to;
  }

  void record(Object row) {
    to.write(OPEN_MAP);
    RowPlan plan = PLANS.get(row.getClass());
    byte[] head = plan.head();
    to.write(head, 0, head.length);
    for (Field field : plan.fields()) {
      field(field, row);
    }
    to.write(BREAK);
  }

  private void field(Field field, Object row) {
    MethodHandle get = field.get();
    try {
      switch (field.kind()) {
        case TRUTH -> {
          if ((boolean) get.invokeExact(row)) {
            name(field);
            to.write(TRUE);
          }
        }
        case WHOLE -> {
          long value = (long) get.invokeExact(row);
          if (value != 0) {
            name(field);
            whole(value);
          }
        }
        case REAL -> {
          double value = (double) get.invokeExact(row);
          if (Double.doubleToRawLongBits(value) != 0) {
            name(field);
            real(value);
          }
        }
        case OBJECT -> {
          Object value = (Object) get.invokeExact(row);
          if (value != null && !(field.leavesOutEmpty() && isEmpty(value))) {
            name(field);
            value(value);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new Bug("a component cannot be read", e);
    }
  }

  private void name(Field field) {
    byte[] name = field.name();
    to.write(name, 0, name.length);
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case Collection<?> collection -> collection.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }

  private void value(Object value) {
    switch (value) {
      case String text -> text(text);
      case Record row -> record(row);
      case Enum<?> constant -> text(constant.name());
      case Collection<?> collection -> {
        head(ARRAY, collection.size());
        collection.forEach(this::element);
      }
      case Map<?, ?> map -> {
        head(MAP, map.size());
        map.forEach(
            (key, each) -> {
              text(key instanceof Enum<?> constant ? constant.name() : key.toString());
              element(each);
            });
      }
      case Instant instant -> time(instant.getEpochSecond(), instant.getNano());
      case Duration duration -> time(duration.getSeconds(), duration.getNano());
      case Boolean truth -> to.write(truth ? TRUE : FALSE);
      case Integer number -> whole(number);
      case Long number -> whole(number);
      case Double number -> real(number);
      case byte[] bytes -> {
        head(BINARY, bytes.length);
        to.write(bytes, 0, bytes.length);
      }
      default -> throw new Bug("no binary form of " + value.getClass().getName());
    }
  }

  private void element(Object value) {
    if (value == null) {
      to.write(NULL);
    } else {
      value(value);
    }
  }

  /// Half a surrogate pair becomes a question mark; requests with such are refused before.
  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    to.write(utf8, 0, utf8.length);
  }

  private void whole(long value) {
    if (value < 0) {
      head(NEGATIVE, -1 - value);
    } else {
      head(UNSIGNED, value);
    }
  }

  private void real(double value) {
    to.write(DOUBLE);
    number(Double.doubleToRawLongBits(value), Long.BYTES);
  }

  private void time(long seconds, int nanos) {
    if (nanos % NANOS_PER_MILLI == 0 && Math.abs(seconds) < SECONDS_MAX) {
      whole(seconds * 1000 + nanos / NANOS_PER_MILLI);
    } else {
      head(ARRAY, 2);
      whole(seconds);
      whole(nanos);
    }
  }

  /// A type with its number: part of the first byte, or behind it in 1, 2, 4 or 8 bytes.
  private void head(int major, long number) {
    if (number < TINY) {
      to.write(major | (int) number);
    } else if (number <= 0xff) {
      to.write(major | 24);
      to.write((int) number);
    } else if (number <= 0xffff) {
      to.write(major | 25);
      number(number, Short.BYTES);
    } else if (number <= 0xffff_ffffL) {
      to.write(major | 26);
      number(number, Integer.BYTES);
    } else {
      to.write(major | 27);
      number(number, Long.BYTES);
    }
  }

  private void number(long value, int bytes) {
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      to.write((int) (value >>> shift));
    }
  }

  /// A text as it is written: type, length, UTF-8.
  static byte[] encoded(String text) {
    Bytes bytes = new Bytes(text.length() + 1);
    new RowWriter(bytes).text(text);
    byte[] exact = new byte[bytes.size()];
    bytes.toBuffer().get(exact);
    return exact;
  }
}
