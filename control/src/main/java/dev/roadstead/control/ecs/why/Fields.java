package dev.roadstead.control.ecs.why;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;

/// Members of shapes that are not in AWS's model, described as the SDK describes its own.
final class Fields {
  private Fields() {}

  static <T> SdkField<String> text(
      Class<T> type, String name, Function<T, @Nullable String> value, BiConsumer<T, String> put) {
    return SdkField.<String>builder(MarshallingType.STRING)
        .memberName(name)
        .getter(one -> value.apply(type.cast(one)))
        .setter((one, text) -> put.accept(type.cast(one), text))
        .traits(at(name))
        .build();
  }

  static <T> SdkField<Instant> time(
      Class<T> type, String name, Function<T, @Nullable Instant> value) {
    return SdkField.<Instant>builder(MarshallingType.INSTANT)
        .memberName(name)
        .getter(one -> value.apply(type.cast(one)))
        .traits(at(name))
        .build();
  }

  static <T> SdkField<List<String>> texts(
      Class<T> type, String name, Function<T, List<String>> value) {
    SdkField<String> member =
        SdkField.<String>builder(MarshallingType.STRING).traits(at("member")).build();
    return SdkField.<List<String>>builder(MarshallingType.LIST)
        .memberName(name)
        .getter(one -> value.apply(type.cast(one)))
        .traits(at(name), ListTrait.builder().memberFieldInfo(member).build())
        .build();
  }

  private static LocationTrait at(String name) {
    return LocationTrait.builder().location(MarshallLocation.PAYLOAD).locationName(name).build();
  }
}
