package dev.roadstead.sim.net;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One connection: what is sent in one direction arrives in order, or not at all.
public final class Cable {
  private final Net.Way way;
  private final Lane up = new Lane(true);
  private final Lane down = new Lane(false);
  private @Nullable Runnable upLost;
  private @Nullable Runnable downLost;

  /// One direction.
  private final class Lane {
    final boolean isUp;
    final Deque<Runnable> stuck = new ArrayDeque<>();
    long last;
    boolean shut; // nothing more is sent
    boolean dead; // nothing more arrives

    Lane(boolean isUp) {
      this.isUp = isUp;
    }

    void send(Runnable arrival) {
      if (shut || dead) {
        return;
      }
      if (!stuck.isEmpty() || way.isCut(isUp)) {
        stuck.add(arrival);
        return;
      }
      plan(arrival);
    }

    private void plan(Runnable arrival) {
      last = Math.max(last + 1, way.arrival());
      way.time().at(last, () -> arrive(arrival));
    }

    private void arrive(Runnable arrival) {
      if (dead) {
        return;
      }
      if (way.isCut(isUp)) {
        stuck.add(arrival);
      } else {
        arrival.run();
      }
    }

    void tryAgain() {
      while (!stuck.isEmpty() && !dead && !way.isCut(isUp)) {
        plan(stuck.removeFirst());
      }
    }

    void finish(Runnable arrival) {
      send(arrival);
      shut = true;
    }

    void kill() {
      dead = true;
      stuck.clear();
    }
  }

  Cable(Net.Way way) {
    this.way = way;
  }

  /// Says what happens at each end when the connection breaks.
  public void watch(Runnable serverLost, Runnable agentLost) {
    upLost = serverLost;
    downLost = agentLost;
  }

  /// Sends from the machine to the server.
  public void up(Runnable arrival) {
    up.send(arrival);
  }

  /// Sends from the server to the machine.
  public void down(Runnable arrival) {
    down.send(arrival);
  }

  /// The machine's end is gone: nothing reaches it; the server hears of it last of all.
  public void leaveUp(Runnable arrival) {
    up.finish(arrival);
    down.kill();
  }

  /// The server's end is gone: nothing reaches it; the machine hears of it last of all.
  public void leaveDown(Runnable arrival) {
    down.finish(arrival);
    up.kill();
  }

  /// The machine is gone without a word.
  public void silence() {
    up.shut = true;
    down.kill();
  }

  void broken() {
    Runnable server = upLost;
    Runnable agent = downLost;
    if (server != null && !up.shut && !up.dead) {
      up.kill();
      server.run();
    }
    if (agent != null && !down.shut && !down.dead) {
      down.kill();
      agent.run();
    }
    up.kill();
    down.kill();
  }

  void tryAgain() {
    up.tryAgain();
    down.tryAgain();
  }

  boolean over() {
    return (up.dead && down.dead)
        || (up.shut && down.dead && up.stuck.isEmpty())
        || (down.shut && up.dead && down.stuck.isEmpty());
  }
}
