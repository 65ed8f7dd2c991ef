package dev.roadstead.control.ecs.why;

import java.util.List;
import java.util.function.Function;

/// Something that goes wrong.
///
/// @param seed brings it about; yields what is asked about
/// @param says what the evidence must contain
/// @param aws what AWS's own fields must contain
/// @param change what the advice must contain
record Seed(
    String name,
    Reason reason,
    Function<Seeds, String> seed,
    List<String> says,
    List<String> aws,
    String change) {
  static Seed of(String name, Reason reason, Function<Seeds, String> seed) {
    return new Seed(name, reason, seed, List.of(), List.of(), "");
  }

  Seed says(String... texts) {
    return new Seed(name, reason, seed, List.of(texts), aws, change);
  }

  Seed aws(String... texts) {
    return new Seed(name, reason, seed, says, List.of(texts), change);
  }

  Seed change(String text) {
    return new Seed(name, reason, seed, says, aws, text);
  }

  @Override
  public String toString() {
    return name;
  }
}
