package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.Nullable;

/// Shares equal texts between rows: of a million tasks most say the same few numbers and names.
/// What it answers always equals what it was given; threads that meet here only share less.
final class Texts {
  /// Enough for what a cluster's task definitions say; one that is not here costs its own text.
  private static final int PLACES = 4096;

  private static final String[] KNOWN = new String[PLACES];

  private Texts() {}

  static String shared(String text) {
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    String known = KNOWN[place];
    if (text.equals(known)) {
      return known;
    }
    KNOWN[place] = text;
    return text;
  }

  static @Nullable String sharedOrNull(@Nullable String text) {
    return text == null ? null : shared(text);
  }
}
