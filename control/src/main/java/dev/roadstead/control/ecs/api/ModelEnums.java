package dev.roadstead.control.ecs.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// Finds values that the service's model does not list for a member with listed values, anywhere
/// in a shape. The lists come from the model's own enums, so they are always current.
public final class ModelEnums {
  private static final String UNKNOWN = "UNKNOWN_TO_SDK_VERSION";

  /// By model class: as many as the model has.
  private static final Map<Class<?>, List<Listed>> LISTED = new ConcurrentHashMap<>();

  private ModelEnums() {}

  /// A member with listed values, with the text of each, in the model's order.
  private record Listed(SdkField<?> field, List<String> values) {}

  /// A value that is not listed.
  ///
  /// @param member its name in the model
  /// @param listed the values it may have
  public record Stray(String member, String value, List<String> listed) {}

  /// Refuses the first value that is not listed with InvalidParameterException.
  public static void check(SdkPojo shape) {
    Stray stray = stray(shape);
    if (stray != null) {
      throw EcsErrors.invalidParameter(
          "Invalid value '%s' for %s: it should be one of [%s]."
              .formatted(stray.value(), stray.member(), String.join(",", stray.listed())));
    }
  }

  /// The first value that is not listed, in the model's order; null when all are.
  public static @Nullable Stray stray(SdkPojo shape) {
    for (Listed listed : LISTED.computeIfAbsent(shape.getClass(), _ -> listed(shape))) {
      for (Object value : elements(listed.field().getValueOrDefault(shape))) {
        if (value instanceof String text && !listed.values().contains(text)) {
          return new Stray(listed.field().memberName(), text, listed.values());
        }
      }
    }
    for (SdkField<?> field : shape.sdkFields()) {
      for (Object value : elements(field.getValueOrDefault(shape))) {
        Stray inner = value instanceof SdkPojo nested ? stray(nested) : null;
        if (inner != null) {
          return inner;
        }
      }
    }
    return null;
  }

  private static List<?> elements(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> List.of(value);
    };
  }

  private static List<Listed> listed(SdkPojo shape) {
    List<Listed> found = new ArrayList<>();
    for (SdkField<?> field : shape.sdkFields()) {
      Class<?> type = enumOf(shape.getClass(), field.memberName());
      if (type != null) {
        List<String> values = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
          if (constant instanceof Enum<?> one && !one.name().equals(UNKNOWN)) {
            values.add(one.toString());
          }
        }
        found.add(new Listed(field, List.copyOf(values)));
      }
    }
    return List.copyOf(found);
  }

  /// The enum of a member or of a list's elements, read off its accessor; null when it is none.
  private static @Nullable Class<?> enumOf(Class<?> shape, String member) {
    String accessor = Character.toLowerCase(member.charAt(0)) + member.substring(1);
    Type type;
    try {
      type = shape.getMethod(accessor).getGenericReturnType();
    } catch (NoSuchMethodException _) {
      return null;
    }
    if (type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1) {
      type = list.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> found && found.isEnum() ? found : null;
  }
}
