package dev.roadstead.control.ecs.placement;

import com.google.re2j.Pattern;
import java.util.List;

/// A test of one text.
sealed interface Test {
  boolean holds(String text);

  /// Equal to one of the values.
  record OneOf(List<String> values) implements Test {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public boolean holds(String text) {
      return values.contains(text);
    }
  }

  /// The whole text matches. Time grows linearly with the text, whatever the pattern: the engine
  /// keeps no back-references and no look-around, everything else is written as in Java.
  record Matches(Pattern pattern) implements Test {
    @Override
    public boolean holds(String text) {
      return pattern.matches(text);
    }
  }

  /// Compared with a bound as {@link Version} compares.
  record Ordered(Comparison comparison, String bound) implements Test {
    @Override
    public boolean holds(String text) {
      return comparison.holds(Version.compare(text, bound));
    }
  }
}
