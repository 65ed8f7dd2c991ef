package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.roadstead.base.Bug;
import dev.roadstead.wire.api.AwsError;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/// Errors as bodies, UTF-8.
public final class ErrorBodies {
  private static final int SIZE_GUESS = 256;

  private ErrorBodies() {}

  /// `{"__type": code, "message": text}` and the error's further members: AWS JSON 1.1.
  public static byte[] json(AwsError error) {
    return written(
        out -> {
          out.writeStartObject();
          out.writeStringField("__type", error.code());
          out.writeStringField("message", error.message());
          for (Map.Entry<String, Object> member : error.members().entrySet()) {
            out.writeFieldName(member.getKey());
            value(out, member.getValue());
          }
          out.writeEndObject();
        });
  }

  /// `{"type": code, "message": {"message": text}}`: a refused upgrade, as Amazon's agent reads it.
  public static byte[] socket(AwsError error) {
    return written(
        out -> {
          out.writeStartObject();
          out.writeStringField("type", error.code());
          out.writeObjectFieldStart("message");
          out.writeStringField("message", error.message());
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  private static void value(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case Collection<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          value(out, element);
        }
        out.writeEndArray();
      }
      default -> throw new Bug("an error can't carry a " + value.getClass().getName());
    }
  }

  private interface Text {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] written(Text text) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(SIZE_GUESS);
    try (JsonGenerator out = JsonShapes.generator(bytes)) {
      text.write(out);
    } catch (IOException e) {
      throw new Bug("an error that can't be written", e);
    }
    return bytes.toByteArray();
  }
}
