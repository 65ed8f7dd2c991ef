package dev.roadstead.sim.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to happen, in order of time, and of planning where times are equal. Virtual time stands
/// still while something happens and jumps to the next.
public final class Timeline {
  /// Where every run begins.
  public static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private record Planned(long micros, long sequence, Runnable what) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(
          Comparator.comparingLong(Planned::micros).thenComparingLong(Planned::sequence));
  private long micros;
  private long sequence;
  private long happened;

  /// True time; clocks of machines may be off.
  public Instant now() {
    return BEGIN.plusNanos(micros * 1000);
  }

  /// Since the beginning.
  public long micros() {
    return micros;
  }

  /// How many things have happened.
  public long happened() {
    return happened;
  }

  /// Plans something for that long from now; at once when not positive.
  public void after(Duration wait, Runnable what) {
    at(micros + wait.toNanos() / 1000, what);
  }

  /// Plans something.
  ///
  /// @param when in microseconds since the beginning; past times mean now
  public void at(long when, Runnable what) {
    planned.add(new Planned(Math.max(when, micros), sequence++, what));
  }

  /// Lets the next thing happen; false when there is none up to that time, which is then reached.
  public boolean step(long until) {
    @Nullable Planned next = planned.peek();
    if (next == null || next.micros() > until) {
      micros = Math.max(micros, until);
      return false;
    }
    planned.remove();
    micros = next.micros();
    happened++;
    next.what().run();
    return true;
  }
}
