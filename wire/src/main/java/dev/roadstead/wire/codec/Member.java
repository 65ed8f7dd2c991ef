package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/// A member of a model class, or the element of a list or map, with everything worth knowing
/// about it looked up once.
final class Member {
  final SerializableString name;

  /// As {@link JsonBytes} takes it.
  final byte[] quotedName;

  final Kind kind;

  /// Position in its class, from 0.
  final int index;

  private final SdkField<?> field;
  private final @Nullable Member element;
  private final boolean defaulted;
  private @Nullable Plan structure;
  private @Nullable Function<Object, @Nullable Object> getter; // made when first written

  Member(SdkField<?> field, int index) {
    this.field = field;
    this.index = index;
    this.name = new SerializedString(field.locationName());
    this.quotedName = JsonBytes.quoted(field.locationName());
    this.kind = Kind.of(field.marshallingType());
    this.defaulted = field.containsTrait(DefaultValueTrait.class);
    this.element =
        switch (kind) {
          case LIST -> new Member(field.getTrait(ListTrait.class).memberFieldInfo(), 0);
          case MAP -> new Member(field.getTrait(MapTrait.class).valueFieldInfo(), 0);
          default -> null;
        };
  }

  /// What a list or map is made of.
  Member element() {
    if (element == null) {
      throw new IllegalStateException(name.getValue() + " has no elements");
    }
    return element;
  }

  /// The plan of a structure. Looked up late: structures may contain themselves.
  Plan structure() {
    Plan known = structure;
    if (known == null) {
      known = Plan.of(emptyStructure());
      structure = known;
    }
    return known;
  }

  /// An empty builder of a structure.
  SdkPojo emptyStructure() {
    return field.constructor().get();
  }

  void put(SdkPojo builder, Object value) {
    field.set(builder, value);
  }

  /// The value as it was set, or null. The SDK's own accessor would make up an idempotency token
  /// where none was sent, so those are read around it.
  @Nullable Object value(SdkPojo shape) {
    if (defaulted && shape instanceof SdkRequest request) {
      return request.getValueForField(field.memberName(), Object.class).orElse(null);
    }
    Function<Object, @Nullable Object> known = getter;
    if (known == null) {
      known = defaulted ? field::getValueOrDefault : Getter.of(field, shape.getClass());
      getter = known;
    }
    return known.apply(shape);
  }
}
