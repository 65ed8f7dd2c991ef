package dev.roadstead.sim.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What happened, in words: the last lines in full, and a hash of all of them, by which two runs of
/// one seed are seen to be the same.
public final class Trace {
  private static final int LINES_MAX = 60;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Timeline time;
  private final Deque<String> lines = new ArrayDeque<>();
  private final boolean aloud;
  private long hash = 0xcbf29ce484222325L;

  /// An empty one.
  ///
  /// @param aloud whether each line is printed as it is written
  public Trace(Timeline time, boolean aloud) {
    this.time = time;
    this.aloud = aloud;
  }

  public void note(String what) {
    long micros = time.micros();
    mix(micros);
    for (int i = 0; i < what.length(); i++) {
      mix(what.charAt(i));
    }
    String line =
        "%6d.%06d %s"
            .formatted(
                micros / 1_000_000,
                micros % 1_000_000,
                what.length() > 400 ? what.substring(0, 400) + "…" : what);
    lines.addLast(line);
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
    if (aloud) {
      System.out.println(line);
    }
  }

  /// Adds to the hash what is not worth a line.
  public void count(long what) {
    mix(time.micros());
    mix(what);
  }

  private void mix(long value) {
    hash = (hash ^ value) * FNV_PRIME;
  }

  public long hash() {
    return hash;
  }

  /// The last lines, oldest first.
  public List<String> tail() {
    return List.copyOf(lines);
  }
}
