package dev.roadstead.link.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.roadstead.base.Bug;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Records of this room to JSON and back, without an envelope: the bodies of API calls, and state
/// that an agent keeps. Nulls and empty collections are left out; unknown fields are dropped.
public final class Json {
  /// A payload of one task with ten containers nests 12 deep.
  public static final int DEPTH_MAX = 64;

  /// A websocket message may have 1 MiB; an API body as much; this leaves room for both in UTF-16.
  public static final int LENGTH_MAX = 4 * 1024 * 1024;

  private static final JsonInclude.Value NON_NULL =
      JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);

  private static final JsonInclude.Value NON_EMPTY =
      JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);

  /// The year 5138; nothing the protocol dates lies beyond it.
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(100_000_000_000L);

  static final JsonMapper MAPPER = mapper();

  private Json() {}

  private static JsonMapper mapper() {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxDocumentLength(LENGTH_MAX)
            .maxStringLength(LENGTH_MAX)
            .maxNumberLength(64)
            .build();
    var factory = JsonFactory.builder().streamReadConstraints(constraints).build();
    var mapper =
        JsonMapper.builder(factory)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .defaultPropertyInclusion(NON_NULL)
            .withConfigOverride(List.class, c -> c.setInclude(NON_EMPTY))
            .withConfigOverride(Map.class, c -> c.setInclude(NON_EMPTY))
            .addModule(
                new SimpleModule()
                    .addSerializer(new Seconds())
                    .addDeserializer(Instant.class, new FromSeconds()))
            .build();
    return mapper;
  }

  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new Bug("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /// Throws {@link MalformedMessage}.
  public static <T> T read(byte[] bytes, Class<T> type) {
    if (bytes.length == 0) {
      bytes = "{}".getBytes(StandardCharsets.UTF_8);
    }
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw new MalformedMessage("null is no " + type.getSimpleName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new MalformedMessage("unreadable: " + e.getClass().getSimpleName());
    }
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new Bug("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  static MalformedMessage malformed(JsonProcessingException e) {
    String where = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
    return new MalformedMessage("malformed JSON (" + e.getClass().getSimpleName() + ") " + where);
  }

  /// Epoch seconds with milliseconds as a fraction.
  private static final class Seconds extends StdSerializer<Instant> {
    Seconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
    }
  }

  private static final class FromSeconds extends StdDeserializer<Instant> {
    FromSeconds() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      BigDecimal seconds = in.getDecimalValue();
      if (seconds.abs().compareTo(SECONDS_MAX) > 0) {
        throw JsonMappingException.from(in, "no instant");
      }
      return Instant.ofEpochMilli(
          seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
  }
}
