package dev.roadstead.wire.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The members of one model class. Made once per class and kept: the classes of the SDK's models
/// are the bound.
final class Plan {
  private static final Map<Class<?>, Plan> PLANS = new ConcurrentHashMap<>();

  /// In the model's order.
  final Member[] members;

  /// How many bytes one will take, by the last one. Any thread sets it: it is only a guess.
  volatile int sizeGuess = 1024;

  private final Map<String, Member> byName;

  private Plan(List<SdkField<?>> fields) {
    members = new Member[fields.size()];
    byName = HashMap.newHashMap(members.length);
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(fields.get(i), i);
      byName.put(members[i].name.getValue(), members[i]);
    }
  }

  /// The plan of a model class, told by an instance or by its builder.
  static Plan of(SdkPojo shape) {
    Plan known = PLANS.get(shape.getClass());
    if (known == null) {
      known = new Plan(shape.sdkFields());
      PLANS.put(shape.getClass(), known);
    }
    return known;
  }

  @Nullable Member find(String name) {
    return byName.get(name);
  }
}
