package dev.roadstead.control.ecs.placement;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A time in a query: a date, or a date and time with or without zone (then UTC).
///
/// @param start the instant that it names; the start of the day for a date
/// @param precision how exactly: equality compares no finer than this
record TimeBound(Instant start, ChronoUnit precision) {
  private static final int DATE_LENGTH = "2026-01-02".length();

  /// Null when the text is no time.
  static @Nullable TimeBound parse(String text) {
    try {
      if (text.length() == DATE_LENGTH) {
        Instant midnight = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new TimeBound(midnight, ChronoUnit.DAYS);
      }
      Instant instant = instant(text);
      boolean fraction = text.indexOf('.') >= 0;
      return new TimeBound(instant, fraction ? ChronoUnit.MILLIS : ChronoUnit.SECONDS);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Instant instant(String text) {
    String time = text.substring(Math.min(DATE_LENGTH, text.length()));
    boolean zoned = time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0;
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  boolean holds(Instant value, Comparison comparison) {
    if (comparison == Comparison.EQUAL) {
      return value.truncatedTo(precision).equals(start.truncatedTo(precision));
    }
    return comparison.holds(value.compareTo(start));
  }
}
