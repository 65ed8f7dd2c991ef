package dev.roadstead.control;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/// The members of a model's shape by path, read from the model itself: `tags.key` is the member
/// `key` of the structures in the list `tags`. Nothing here lists members.
public final class Members {
  private Members() {}

  /// The paths of every member that is no structure, in the model's order.
  public static List<String> leaves(SdkPojo shape) {
    List<String> paths = new ArrayList<>();
    for (SdkField<?> field : shape.sdkFields()) {
      SdkPojo inner = structure(field);
      if (inner == null) {
        paths.add(field.memberName());
      } else {
        leaves(inner).forEach(path -> paths.add(field.memberName() + "." + path));
      }
    }
    return paths;
  }

  /// Values to try: each of an enum's, both of a boolean, else one.
  public static List<Object> samples(SdkPojo shape, String path) {
    int dot = path.indexOf('.');
    SdkField<?> field = field(shape, dot < 0 ? path : path.substring(0, dot));
    SdkPojo inner = structure(field);
    if (inner != null) {
      return samples(inner, path.substring(dot + 1));
    }
    return switch (scalar(field).marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> texts(shape.getClass(), field.memberName());
      case "Integer" -> List.of(150);
      case "Boolean" -> List.of(true, false);
      case "Double" -> List.of(50.0);
      case "Document" -> List.of(Document.fromString("value"));
      default -> throw new AssertionError("no sample for " + path);
    };
  }

  /// The shape with that value at that path, in the first element of every list on the way.
  @SuppressWarnings("unchecked")
  public static <S extends SdkPojo> S with(S shape, String path, Object value) {
    int dot = path.indexOf('.');
    SdkField<?> field = field(shape, dot < 0 ? path : path.substring(0, dot));
    SdkPojo inner = structure(field);
    Object next = value;
    if (inner != null) {
      List<Object> before = flat(field.getValueOrDefault(shape));
      SdkPojo first = before.isEmpty() ? inner : (SdkPojo) before.getFirst();
      next = with(first, path.substring(dot + 1), value);
    }
    SdkBuilder<?, ?> builder = ((ToCopyableBuilder<?, ?>) shape).toBuilder();
    field.set(builder, wrap(field, next));
    return (S) builder.build();
  }

  /// Every value at that path, through lists and maps.
  public static List<Object> at(SdkPojo shape, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    List<Object> found = new ArrayList<>();
    for (SdkField<?> field : shape.sdkFields()) {
      if (field.memberName().equals(name)) {
        found.addAll(flat(field.getValueOrDefault(shape)));
      }
    }
    if (dot < 0) {
      return found;
    }
    return found.stream()
        .filter(SdkPojo.class::isInstance)
        .flatMap(one -> at((SdkPojo) one, path.substring(dot + 1)).stream())
        .toList();
  }

  private static SdkField<?> field(SdkPojo shape, String name) {
    return shape.sdkFields().stream()
        .filter(field -> field.memberName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no member " + name));
  }

  /// A list's elements, a map's values, the value itself; nothing for none.
  private static List<Object> flat(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case Map<?, ?> map -> List.copyOf(map.values());
      case Collection<?> list -> List.copyOf(list);
      default -> List.of(value);
    };
  }

  private static Object wrap(SdkField<?> field, Object value) {
    if (field.containsTrait(ListTrait.class)) {
      return new ArrayList<>(List.of(value));
    }
    return field.containsTrait(MapTrait.class) ? new LinkedHashMap<>(Map.of("key", value)) : value;
  }

  /// The field itself, or what its list or map holds.
  private static SdkField<?> scalar(SdkField<?> field) {
    if (field.containsTrait(ListTrait.class)) {
      return field.getTrait(ListTrait.class).memberFieldInfo();
    }
    return field.containsTrait(MapTrait.class)
        ? field.getTrait(MapTrait.class).valueFieldInfo()
        : field;
  }

  /// An empty structure of that member, or of its elements; null when it holds none.
  private static @Nullable SdkPojo structure(SdkField<?> field) {
    SdkField<?> one = scalar(field);
    return one.constructor() == null
        ? null
        : (SdkPojo) ((SdkBuilder<?, ?>) one.constructor().get()).build();
  }

  private static List<Object> texts(Class<?> shape, String member) {
    Class<?> type = enumOf(shape, member);
    if (type == null) {
      return List.of("value");
    }
    List<Object> values = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
        values.add(constant.toString());
      }
    }
    return values;
  }

  private static @Nullable Class<?> enumOf(Class<?> shape, String member) {
    try {
      Type type = shape.getMethod(member).getGenericReturnType();
      if (type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1) {
        type = list.getActualTypeArguments()[0];
      }
      return type instanceof Class<?> found && found.isEnum() ? found : null;
    } catch (NoSuchMethodException _) {
      return null;
    }
  }
}
