package dev.roadstead.base;

import java.util.function.Supplier;

/// Checks that stay on in production.
public final class Invariant {
  private Invariant() {}

  /// Throws {@link Bug} with this message unless the condition holds.
  public static void check(boolean holds, String message) {
    if (!holds) {
      throw new Bug(message);
    }
  }

  /// As {@link #check(boolean, String)}, for messages that cost something to make.
  public static void check(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new Bug(message.get());
    }
  }
}
