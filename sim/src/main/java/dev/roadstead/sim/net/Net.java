package dev.roadstead.sim.net;

import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The ways between the machines and the server. Each direction of each way can be cut: what is
/// sent then waits, as TCP would send it again, and arrives when the cut is over unless the
/// connection was given up.
public final class Net {
  private static final Duration DELAY_LEAST = Duration.ofNanos(200_000);

  private final Timeline time;
  private final Chance chance;
  private final List<Way> ways = new ArrayList<>();

  public Net(Timeline time, Chance chance) {
    this.time = time;
    this.chance = chance;
  }

  /// A way of its own.
  public Way way() {
    Way way = new Way();
    ways.add(way);
    return way;
  }

  /// Two directions, and the connections that go there.
  public final class Way {
    private final List<Cable> cables = new ArrayList<>();
    private boolean upCut;
    private boolean downCut;
    private int delayMillis = 2;

    /// A connection, which is not yet heard of at the other end.
    public Cable dial() {
      cables.removeIf(Cable::over);
      Cable cable = new Cable(this);
      cables.add(cable);
      return cable;
    }

    /// Cuts the directions, or mends them.
    ///
    /// @param up from the machine to the server
    /// @param down from the server to the machine
    public void cut(boolean up, boolean down) {
      upCut = up;
      downCut = down;
      List.copyOf(cables).forEach(Cable::tryAgain);
    }

    /// The longest that a message takes.
    public void slow(int millis) {
      delayMillis = millis;
    }

    /// Breaks every connection at both ends.
    public void breakAll() {
      List.copyOf(cables).forEach(Cable::broken);
    }

    boolean isCut(boolean up) {
      return up ? upCut : downCut;
    }

    long arrival() {
      long least = DELAY_LEAST.toNanos() / 1000;
      return time.micros() + least + chance.below(delayMillis * 1000);
    }

    Timeline time() {
      return time;
    }
  }
}
