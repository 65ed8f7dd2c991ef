package dev.roadstead.wire.codec;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/// Every request and response class of ECS's model, and values for them.
final class Shapes {
  private static final int DEPTH_MAX = 12;

  private Shapes() {}

  /// By class name, a way to an empty builder.
  static Map<String, Class<? extends SdkPojo>> all() {
    Map<String, Class<? extends SdkPojo>> all = new TreeMap<>();
    for (Method method : EcsClient.class.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && EcsRequest.class.isAssignableFrom(parameters[0])
          && SdkPojo.class.isAssignableFrom(method.getReturnType())) {
        all.put(parameters[0].getSimpleName(), parameters[0].asSubclass(SdkPojo.class));
        all.put(
            method.getReturnType().getSimpleName(),
            method.getReturnType().asSubclass(SdkPojo.class));
      }
    }
    return all;
  }

  static SdkPojo builder(Class<? extends SdkPojo> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  /// A value with members set as the random source says; all of them when it is `full`.
  static SdkPojo value(SdkPojo builder, RandomGenerator random, boolean full) {
    return value(builder, random, full, 0);
  }

  private static SdkPojo value(SdkPojo builder, RandomGenerator random, boolean full, int depth) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (full || random.nextInt(3) > 0) {
        field.set(builder, member(field, random, full, depth));
      }
    }
    return (SdkPojo) ((Buildable) builder).build();
  }

  static Object member(SdkField<?> field, RandomGenerator random, boolean full, int depth) {
    return switch (Kind.of(field.marshallingType())) {
      case STRING -> text(random);
      case INTEGER -> random.nextInt();
      case LONG -> random.nextLong();
      case SHORT -> (short) random.nextInt();
      case BYTE -> (byte) random.nextInt();
      case DOUBLE -> random.nextDouble() * 1e9;
      case FLOAT -> random.nextFloat() * 1e5f;
      case DECIMAL -> BigDecimal.valueOf(random.nextLong(), 6);
      case BOOLEAN -> random.nextBoolean();
      case INSTANT ->
          Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L));
      case BYTES -> SdkBytes.fromUtf8String(text(random));
      case DOCUMENT -> document(random, 0);
      case STRUCTURE -> {
        SdkPojo empty = field.constructor().get();
        yield depth > DEPTH_MAX
            ? ((Buildable) empty).build()
            : value(empty, random, full, depth + 1);
      }
      case LIST -> list(field, random, full, depth);
      case MAP -> map(field, random, full, depth);
    };
  }

  private static List<Object> list(
      SdkField<?> field, RandomGenerator random, boolean full, int depth) {
    SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
    List<Object> list = new ArrayList<>();
    for (int i = full ? 1 : random.nextInt(3); i > 0; i--) {
      list.add(member(element, random, full, depth + 1));
    }
    return list;
  }

  private static Map<String, Object> map(
      SdkField<?> field, RandomGenerator random, boolean full, int depth) {
    SdkField<?> value = field.getTrait(MapTrait.class).valueFieldInfo();
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = full ? 2 : random.nextInt(3); i > 0; i--) {
      map.put(i + text(random), member(value, random, full, depth + 1));
    }
    return map;
  }

  private static Document document(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> Document.fromString(text(random));
      case 1 -> Document.fromNumber(String.valueOf(random.nextInt()));
      case 2 -> Document.fromBoolean(random.nextBoolean());
      case 3 -> Document.fromNull();
      case 4 ->
          Document.fromList(List.of(document(random, depth + 1), document(random, depth + 1)));
      default -> Document.fromMap(Map.of(text(random), document(random, depth + 1)));
    };
  }

  private static String text(RandomGenerator random) {
    String[] texts = {
      "", "a", "web", "quote\" back\\ slash/", "äöü", "\u0001\n\t", "🚢 ahoy", "<&>"
    };
    return texts[random.nextInt(texts.length)];
  }
}
