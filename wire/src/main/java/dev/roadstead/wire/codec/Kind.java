package dev.roadstead.wire.codec;

import java.util.IdentityHashMap;
import software.amazon.awssdk.core.protocol.MarshallingType;

/// What a member holds. `spoken` is its name in the texts of refusals.
enum Kind {
  STRING("a String"),
  INTEGER("an Integer"),
  LONG("a Long"),
  SHORT("a Short"),
  BYTE("a Byte"),
  FLOAT("a Float"),
  DOUBLE("a Double"),
  DECIMAL("a BigDecimal"),
  BOOLEAN("a Boolean"),
  INSTANT("a Timestamp"),
  BYTES("a Blob"),
  STRUCTURE("a structure"),
  LIST("a list"),
  MAP("a map"),
  DOCUMENT("a document");

  private static final IdentityHashMap<MarshallingType<?>, Kind> KINDS = new IdentityHashMap<>();

  static {
    KINDS.put(MarshallingType.STRING, STRING);
    KINDS.put(MarshallingType.INTEGER, INTEGER);
    KINDS.put(MarshallingType.LONG, LONG);
    KINDS.put(MarshallingType.SHORT, SHORT);
    KINDS.put(MarshallingType.BYTE, BYTE);
    KINDS.put(MarshallingType.FLOAT, FLOAT);
    KINDS.put(MarshallingType.DOUBLE, DOUBLE);
    KINDS.put(MarshallingType.BIG_DECIMAL, DECIMAL);
    KINDS.put(MarshallingType.BOOLEAN, BOOLEAN);
    KINDS.put(MarshallingType.INSTANT, INSTANT);
    KINDS.put(MarshallingType.SDK_BYTES, BYTES);
    KINDS.put(MarshallingType.SDK_POJO, STRUCTURE);
    KINDS.put(MarshallingType.LIST, LIST);
    KINDS.put(MarshallingType.MAP, MAP);
    KINDS.put(MarshallingType.DOCUMENT, DOCUMENT);
  }

  final String spoken;

  Kind(String spoken) {
    this.spoken = spoken;
  }

  static Kind of(MarshallingType<?> type) {
    Kind kind = KINDS.get(type);
    if (kind == null) {
      throw new IllegalArgumentException("no such member type: " + type);
    }
    return kind;
  }
}
