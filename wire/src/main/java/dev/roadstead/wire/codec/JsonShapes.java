package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.roadstead.base.Bug;
import dev.roadstead.wire.api.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// The AWS SDK's model classes as AWS JSON 1.1, UTF-8.
///
/// Timestamps keep milliseconds, no more. A value written and read again is equal to the first.
public final class JsonShapes {
  /// The longest text read: rows may hold a request of 1 MiB with what was added to it.
  public static final int BYTES_MAX = 8 << 20;

  /// The deepest nesting read. ECS's own shapes end at 8.
  public static final int DEPTH_MAX = 64;

  /// The longest member name or map key. The longest key AWS allows is far below.
  public static final int NAME_CHARS_MAX = 8192;

  /// The most digits of a number: a double needs 25, a long 20.
  public static final int NUMBER_CHARS_MAX = 100;

  /// How many work buffers are kept: more than there are processors to use them at once.
  /// Buffers to write to are as large as the last answer of the kind was, within these bounds.
  private static final int SIZE_MIN = 256;

  private static final int SIZE_GUESS_MAX = 64 << 10;

  private static final int BUFFERS_MAX = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_MAX))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(BYTES_MAX)
                  .maxNameLength(NAME_CHARS_MAX)
                  .maxNumberLength(NUMBER_CHARS_MAX)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private JsonShapes() {}

  /// The JSON of a shape.
  public static byte[] write(SdkPojo shape) {
    return written(shape, false);
  }

  /// As {@link #write}, in a buffer of its own that may be longer.
  public static ByteBuffer buffer(SdkPojo shape) {
    return out(shape, false).toBuffer();
  }

  /// Reads JSON into an empty builder and builds. Refuses with `SerializationException`.
  public static <T extends SdkPojo, B extends SdkBuilder<B, T> & SdkPojo> T read(
      byte[] json, B builder) {
    fill(json, builder);
    return builder.build();
  }

  /// As {@link #read}, for builders whose type is not known: what the builder builds.
  public static SdkPojo fill(byte[] json, SdkPojo builder) {
    if (json.length == 0) {
      throw Malformed.empty();
    }
    if (json.length > BYTES_MAX) {
      throw Malformed.tooLong(BYTES_MAX);
    }
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw Malformed.empty();
      }
      if (first != JsonToken.START_OBJECT) {
        throw Malformed.notAnObject();
      }
      SdkPojo shape = new JsonReader(parser).structure(Plan.of(builder), builder);
      if (parser.nextToken() != null) {
        throw Malformed.trailing();
      }
      return shape;
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /// 32 bytes that are equal for equal shapes, whatever the order of their maps, and differ for
  /// different ones (SHA-256 of a canonical form). For comparing requests with stored ones.
  public static byte[] fingerprint(SdkPojo shape) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(written(shape, true));
    } catch (NoSuchAlgorithmException e) {
      throw new Bug("every JDK has SHA-256", e);
    }
  }

  /// For the package's other writers.
  static JsonGenerator generator(ByteArrayBuilder out) throws IOException {
    return JSON.createGenerator(out);
  }

  private static byte[] written(SdkPojo shape, boolean sorted) {
    return out(shape, sorted).toByteArray();
  }

  private static JsonBytes out(SdkPojo shape, boolean sorted) {
    Plan plan = Plan.of(shape);
    JsonBytes out = new JsonBytes(plan.sizeGuess);
    new JsonWriter(out, sorted).structure(plan, shape);
    int size = out.size();
    plan.sizeGuess = Math.clamp(size + size / 8, SIZE_MIN, SIZE_GUESS_MAX);
    return out;
  }

  private static Refusal refusal(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return Malformed.tooMuch();
    }
    if (e instanceof JsonParseException || e instanceof JsonProcessingException) {
      var at = ((JsonProcessingException) e).getLocation();
      return Malformed.syntax(at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr());
    }
    return Malformed.notAnObject();
  }
}
