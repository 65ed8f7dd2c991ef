package dev.roadstead.engine.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Reads instants and durations: a number of milliseconds, or `[seconds, nanoseconds]` where that
/// would lose something, so that a row read back always equals the row written.
final class TimeModule {
  private TimeModule() {}

  static SimpleModule create() {
    SimpleModule module = new SimpleModule("time");
    module.addDeserializer(Instant.class, new InstantReader());
    module.addDeserializer(Duration.class, new DurationReader());
    return module;
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

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
      return read(from);
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
