package dev.roadstead.wire.codec;

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
  private final JsonBytes out;
  private final boolean sorted;

  /// @param sorted whether maps are written in the order of their keys, not their own
  JsonWriter(JsonBytes out, boolean sorted) {
    this.out = out;
    this.sorted = sorted;
  }

  void structure(Plan plan, SdkPojo shape) {
    out.startObject();
    for (Member member : plan.members) {
      Object value = member.value(shape);
      if (value != null && !isUnset(member.kind, value)) {
        out.name(member.quotedName);
        value(member, value);
      }
    }
    out.endObject();
  }

  private static boolean isUnset(Kind kind, Object value) {
    return switch (kind) {
      case LIST -> value instanceof SdkAutoConstructList<?>;
      case MAP -> value instanceof SdkAutoConstructMap<?, ?>;
      default -> false;
    };
  }

  private void value(Member member, Object value) {
    switch (member.kind) {
      case STRING -> out.string((String) value);
      case INTEGER -> out.number((Integer) value);
      case LONG -> out.number((Long) value);
      case SHORT -> out.number((Short) value);
      case BYTE -> out.number((Byte) value);
      case FLOAT -> Scalars.write(out, (Float) value);
      case DOUBLE -> Scalars.write(out, (Double) value);
      case DECIMAL -> out.raw(((BigDecimal) value).toString());
      case BOOLEAN -> out.truth((Boolean) value);
      case INSTANT -> Scalars.write(out, (Instant) value);
      case BYTES -> Scalars.write(out, (SdkBytes) value);
      case STRUCTURE -> structure(member.structure(), (SdkPojo) value);
      case LIST -> list(member, (List<?>) value);
      case MAP -> map(member, (Map<?, ?>) value);
      case DOCUMENT -> document((Document) value);
    }
  }

  private void list(Member member, List<?> list) {
    Member element = member.element();
    out.startArray();
    for (Object value : list) {
      value(element, value);
    }
    out.endArray();
  }

  private void map(Member member, Map<?, ?> map) {
    Member element = member.element();
    out.startObject();
    for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<>(map) : map).entrySet()) {
      out.name((String) entry.getKey());
      value(element, entry.getValue());
    }
    out.endObject();
  }

  private void document(Document document) {
    if (document.isString()) {
      out.string(document.asString());
    } else if (document.isBoolean()) {
      out.truth(document.asBoolean());
    } else if (document.isNumber()) {
      out.raw(document.asNumber().stringValue());
    } else if (document.isList()) {
      out.startArray();
      for (Document element : document.asList()) {
        document(element);
      }
      out.endArray();
    } else if (document.isMap()) {
      Map<String, Document> map = document.asMap();
      out.startObject();
      for (Map.Entry<String, Document> e : (sorted ? new TreeMap<>(map) : map).entrySet()) {
        out.name(e.getKey());
        document(e.getValue());
      }
      out.endObject();
    } else {
      out.nothing();
    }
  }
}
