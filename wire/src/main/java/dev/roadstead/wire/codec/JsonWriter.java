package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// One pass over one shape. Members that were not set are left out; a list or map that was set
/// empty is written empty.
final class JsonWriter {
  private final JsonGenerator out;
  private final boolean sorted;

  /// @param sorted whether maps are written in the order of their keys, not their own
  JsonWriter(JsonGenerator out, boolean sorted) {
    this.out = out;
    this.sorted = sorted;
  }

  void structure(Plan plan, SdkPojo shape) throws IOException {
    if (plan.someKept && !sorted) {
      RawJson kept = Kept.find(shape);
      if (kept != null) {
        out.writeRawValue(kept);
        return;
      }
    }
    out.writeStartObject();
    for (Member member : plan.members) {
      Object value = member.value(shape);
      if (value == null
          || value instanceof SdkAutoConstructList<?>
          || value instanceof SdkAutoConstructMap<?, ?>) {
        continue;
      }
      out.writeFieldName(member.name);
      value(member, value);
    }
    out.writeEndObject();
  }

  private void value(Member member, Object value) throws IOException {
    switch (member.kind) {
      case STRING -> out.writeString((String) value);
      case INTEGER -> out.writeNumber((Integer) value);
      case LONG -> out.writeNumber((Long) value);
      case SHORT -> out.writeNumber((Short) value);
      case BYTE -> out.writeNumber((Byte) value);
      case FLOAT -> Scalars.write(out, (Float) value);
      case DOUBLE -> Scalars.write(out, (Double) value);
      case DECIMAL -> out.writeNumber((BigDecimal) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INSTANT -> Scalars.write(out, (Instant) value);
      case BYTES -> Scalars.write(out, (SdkBytes) value);
      case STRUCTURE -> structure(member.structure(), (SdkPojo) value);
      case LIST -> list(member, (List<?>) value);
      case MAP -> map(member, (Map<?, ?>) value);
      case DOCUMENT -> document((Document) value);
    }
  }

  private void list(Member member, List<?> list) throws IOException {
    Member element = member.element();
    out.writeStartArray();
    for (Object value : list) {
      value(element, value);
    }
    out.writeEndArray();
  }

  private void map(Member member, Map<?, ?> map) throws IOException {
    Member element = member.element();
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<>(map) : map).entrySet()) {
      out.writeFieldName((String) entry.getKey());
      value(element, entry.getValue());
    }
    out.writeEndObject();
  }

  private void document(Document document) throws IOException {
    if (document.isString()) {
      out.writeString(document.asString());
    } else if (document.isBoolean()) {
      out.writeBoolean(document.asBoolean());
    } else if (document.isNumber()) {
      out.writeNumber(document.asNumber().stringValue());
    } else if (document.isList()) {
      out.writeStartArray();
      for (Document element : document.asList()) {
        document(element);
      }
      out.writeEndArray();
    } else if (document.isMap()) {
      Map<String, Document> map = document.asMap();
      out.writeStartObject();
      for (Map.Entry<String, Document> e : (sorted ? new TreeMap<>(map) : map).entrySet()) {
        out.writeFieldName(e.getKey());
        document(e.getValue());
      }
      out.writeEndObject();
    } else {
      out.writeNull();
    }
  }
}
