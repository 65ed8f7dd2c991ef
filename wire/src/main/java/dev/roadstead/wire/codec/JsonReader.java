package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.utils.builder.Buildable;

/// One pass over one JSON text. Unknown members are skipped, null members are as if not sent, but
/// for documents, where null is a value.
final class JsonReader {
  private final JsonParser parser;

  JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads the object the parser stands on into the builder, and builds it.
  SdkPojo structure(Plan plan, SdkPojo builder) throws IOException {
    Seen seen = new Seen(plan.members.length);
    String name = parser.nextFieldName();
    while (name != null) {
      Member member = plan.find(name);
      JsonToken token = parser.nextToken();
      if (member == null) {
        parser.skipChildren();
      } else {
        if (!seen.add(member.index)) {
          throw Malformed.twice(name);
        }
        if (token != JsonToken.VALUE_NULL || member.kind == Kind.DOCUMENT) {
          member.put(builder, value(member, token));
        }
      }
      name = parser.nextFieldName();
    }
    return builder instanceof Buildable buildable ? (SdkPojo) buildable.build() : builder;
  }

  private Object value(Member member, JsonToken token) throws IOException {
    return switch (member.kind) {
      case STRUCTURE -> {
        expect(member, token, JsonToken.START_OBJECT);
        yield structure(member.structure(), member.emptyStructure());
      }
      case LIST -> list(member, token);
      case MAP -> map(member, token);
      case DOCUMENT -> document(member, token);
      case STRING -> {
        expect(member, token, JsonToken.VALUE_STRING);
        yield text(member);
      }
      default -> Scalars.read(parser, member, token);
    };
  }

  private List<Object> list(Member member, JsonToken start) throws IOException {
    expect(member, start, JsonToken.START_ARRAY);
    List<Object> list = new ArrayList<>();
    for (JsonToken at = next(); at != JsonToken.END_ARRAY; at = next()) {
      list.add(element(member, at));
    }
    return list;
  }

  private Map<String, Object> map(Member member, JsonToken start) throws IOException {
    expect(member, start, JsonToken.START_OBJECT);
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      requireUnicode(name, member);
      Object value = element(member, next());
      if (map.put(name, value) != null) {
        throw Malformed.twice(name);
      }
    }
    return map;
  }

  private Object element(Member member, JsonToken at) throws IOException {
    Member element = member.element();
    if (at == JsonToken.VALUE_NULL && element.kind != Kind.DOCUMENT) {
      throw Malformed.nothing(member.name.getValue());
    }
    return value(element, at);
  }

  private Document document(Member member, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> Document.fromString(text(member));
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_NULL -> Document.fromNull();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Document.fromNumber(parser.getText());
      case START_ARRAY -> {
        List<Document> list = new ArrayList<>();
        for (JsonToken at = next(); at != JsonToken.END_ARRAY; at = next()) {
          list.add(document(member, at));
        }
        yield Document.fromList(list);
      }
      case START_OBJECT -> {
        Map<String, Document> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          requireUnicode(name, member);
          if (map.put(name, document(member, next())) != null) {
            throw Malformed.twice(name);
          }
        }
        yield Document.fromMap(map);
      }
      default -> throw Malformed.type(token, member);
    };
  }

  private String text(Member member) throws IOException {
    String text = parser.getText();
    requireUnicode(text, member);
    return text;
  }

  /// A text with half a surrogate pair could be stored but never be written again.
  private static void requireUnicode(String text, Member member) {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw Malformed.text(member.name.getValue());
      }
      at += Character.charCount(point);
    }
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw Malformed.notAnObject();
    }
    return token;
  }

  private static void expect(Member member, @Nullable JsonToken token, JsonToken expected) {
    if (token == null) {
      throw Malformed.notAnObject();
    }
    if (token != expected) {
      throw Malformed.type(token, member);
    }
  }

  /// Which members of a structure have been read.
  private static final class Seen {
    private final long[] words;

    Seen(int members) {
      words = new long[(members >> 6) + 1];
    }

    boolean add(int index) {
      long bit = 1L << index;
      if ((words[index >> 6] & bit) != 0) {
        return false;
      }
      words[index >> 6] |= bit;
      return true;
    }
  }
}
