package dev.roadstead.wire.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The JSON of shapes that are written again and again, found by the shape itself, not by its
/// content. A shape that is not found is written anew, so forgetting one is always right.
final class Kept {
  /// At about 3 KB for a task's shape with its JSON, at most some 50 MB, and only while that many
  /// are asked for.
  private static final int SLOTS = 1 << 14;

  private static final AtomicReferenceArray<@Nullable Entry> ENTRIES =
      new AtomicReferenceArray<>(SLOTS);

  private Kept() {}

  private record Entry(SdkPojo shape, RawJson json) {}

  static void put(SdkPojo shape, byte[] json) {
    int slot = slot(shape);
    Entry old = ENTRIES.get(slot);
    if (old != null) {
      ENTRIES.setPlain(slot ^ 1, old); // the pair of slots keeps its two newest
    }
    ENTRIES.set(slot, new Entry(shape, new RawJson(json)));
  }

  /// The JSON of that very shape, or null.
  @SuppressWarnings("ReferenceEquality") // a shape that only looks the same is not meant
  static @Nullable RawJson find(SdkPojo shape) {
    int slot = slot(shape);
    Entry first = ENTRIES.get(slot);
    if (first != null && first.shape() == shape) {
      return first.json();
    }
    Entry second = ENTRIES.get(slot ^ 1);
    return second != null && second.shape() == shape ? second.json() : null;
  }

  private static int slot(SdkPojo shape) {
    int hash = System.identityHashCode(shape);
    return (hash ^ (hash >>> 14)) & (SLOTS - 1);
  }
}
