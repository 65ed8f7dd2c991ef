package dev.roadstead.control.ecs.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Task groups, each with how many tasks it has, at least 1. Immutable, and small: a change copies
/// two arrays, and most searches compare no letters, since rows share equal texts.
public final class Groups {
  static final Groups NONE = new Groups(new String[0], new int[0]);

  private final String[] names; // sorted
  private final int[] counts;

  private Groups(String[] names, int[] counts) {
    this.names = names;
    this.counts = counts;
  }

  /// How many tasks the group has; 0 when it is not here.
  public int tasks(String group) {
    int at = place(group);
    return at < 0 ? 0 : counts[at];
  }

  /// Sorted.
  public List<String> names() {
    return List.of(names);
  }

  /// With that many tasks more, or fewer when negative.
  Groups plus(String group, int tasks) {
    int at = place(group);
    if (at < 0) {
      return tasks == 0 ? this : inserted(-at - 1, group, tasks);
    }
    if (counts[at] + tasks == 0) {
      return removed(at);
    }
    int[] next = counts.clone();
    next[at] += tasks;
    return new Groups(names, next);
  }

  private Groups inserted(int at, String group, int tasks) {
    String[] nextNames = Arrays.copyOf(names, names.length + 1);
    int[] nextCounts = Arrays.copyOf(counts, names.length + 1);
    System.arraycopy(names, at, nextNames, at + 1, names.length - at);
    System.arraycopy(counts, at, nextCounts, at + 1, names.length - at);
    nextNames[at] = group;
    nextCounts[at] = tasks;
    return new Groups(nextNames, nextCounts);
  }

  private Groups removed(int at) {
    int size = names.length - 1;
    if (size == 0) {
      return NONE;
    }
    String[] nextNames = Arrays.copyOf(names, size);
    int[] nextCounts = Arrays.copyOf(counts, size);
    System.arraycopy(names, at + 1, nextNames, at, size - at);
    System.arraycopy(counts, at + 1, nextCounts, at, size - at);
    return new Groups(nextNames, nextCounts);
  }

  /// As `Arrays.binarySearch` answers.
  @SuppressWarnings("ReferenceEquality") // the same text is equal; others are compared after
  private int place(String group) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == group) {
        return i;
      }
    }
    return Arrays.binarySearch(names, group);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Groups groups
        && Arrays.equals(names, groups.names)
        && Arrays.equals(counts, groups.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append('=').append(counts[i]);
    }
    return text.append('}').toString();
  }
}
