package dev.roadstead.control.ecs.taskdefinition.rule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Task sizes as people write them: `1024`, `1 vCPU`, `.5 vcpu`, `512`, `1GB`. Source: ECS API
/// reference, RegisterTaskDefinition, `cpu` and `memory`.
public final class Sizes {
  /// The longest text taken for a size; the longest sensible one is `192 vCPU`.
  private static final int CHARS_MAX = 20;

  private static final BigDecimal UNITS = BigDecimal.valueOf(1024);
  private static final Pattern CPU = Pattern.compile("(\\d+|\\d*\\.\\d+|\\d+\\.)\\s*(vcpu)?");
  private static final Pattern MEMORY = Pattern.compile("(\\d+|\\d*\\.\\d+|\\d+\\.)\\s*(gb)?");

  private Sizes() {}

  /// CPU units, 1024 per vCPU; null when the text is no size.
  public static @Nullable Integer cpuUnits(String text) {
    return parse(text, CPU);
  }

  /// MiB, 1024 per GB; null when the text is no size.
  public static @Nullable Integer memoryMib(String text) {
    return parse(text, MEMORY);
  }

  private static @Nullable Integer parse(String text, Pattern pattern) {
    if (text.length() > CHARS_MAX) {
      return null;
    }
    Matcher matcher = pattern.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) {
      value = value.multiply(UNITS);
    }
    try {
      return value.intValueExact();
    } catch (ArithmeticException _) {
      return null;
    }
  }
}
