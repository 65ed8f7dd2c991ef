package dev.roadstead.engine.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Instants and durations: a number of milliseconds, or `[seconds, nanoseconds]` when that would
/// lose something, so that a row read back always equals the row written.
final class TimeModule {
  private static final int NANOS_PER_MILLI = 1_000_000;
  // Seconds beyond which milliseconds would overflow a long.
  private static final long SECONDS_MAX = Long.MAX_VALUE / 1000 - 1;

  private TimeModule() {}

  static SimpleModule create() {
    SimpleModule module = new SimpleModule("time");
    module.addSerializer(Instant.class, new InstantWriter());
    module.addDeserializer(Instant.class, new InstantReader());
    module.addSerializer(Duration.class, new DurationWriter());
    module.addDeserializer(Duration.class, new DurationReader());
    return module;
  }

  private static void write(long seconds, int nanos, JsonGenerator to) throws IOException {
    if (nanos % NANOS_PER_MILLI == 0 && Math.abs(seconds) < SECONDS_MAX) {
      to.writeNumber(seconds * 1000 + nanos / NANOS_PER_MILLI);
    } else {
      to.writeStartArray();
      to.writeNumber(seconds);
      to.writeNumber(nanos);
      to.writeEndArray();
    }
  }

  private static Instant read(JsonParser from) throws IOException {
    if (from.currentToken() != JsonToken.START_ARRAY) {
      return Instant.ofEpochMilli(from.getLongValue());
    }
    long seconds = from.nextLongValue(0);
    int nanos = from.nextIntValue(0);
    from.nextToken();
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static final class InstantWriter extends StdScalarSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      write(value.getEpochSecond(), value.getNano(), to);
    }
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
      return read(from);
    }
  }

  private static final class DurationWriter extends StdScalarSerializer<Duration> {
    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      write(value.getSeconds(), value.getNano(), to);
    }
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return Duration.between(Instant.EPOCH, read(from));
    }
  }
}
