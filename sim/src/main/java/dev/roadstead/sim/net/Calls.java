package dev.roadstead.sim.net;

import dev.roadstead.sim.time.Timeline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Calls of the API over a way: each a connection of its own, given up after a while.
public final class Calls {
  private final Timeline time;
  private final Net.Way way;
  private final Door door;
  private final Duration patience;

  /// Calls over that way.
  ///
  /// @param patience after which a call without an answer has failed, though it may yet be done
  public Calls(Timeline time, Net.Way way, Door door, Duration patience) {
    this.time = time;
    this.way = way;
    this.door = door;
    this.patience = patience;
  }

  /// The answer of a call that failed for want of one; its status is 0.
  private static Door.Answer unanswered(String why) {
    return new Door.Answer(0, why, "");
  }

  /// Makes a call. Exactly one answer is taken, unless the caller is gone by then.
  public void call(Door.Request request, BooleanSupplier alive, Door.Answered answered) {
    Cable cable = way.dial();
    Once once = new Once(alive, answered);
    cable.watch(() -> {}, () -> once.take(unanswered("connection broken")));
    cable.up(
        () -> {
          if (door.open()) {
            door.call(cable, request, once);
          } else {
            cable.leaveDown(() -> once.take(unanswered("connection refused")));
          }
        });
    time.after(
        patience,
        () -> {
          cable.leaveUp(() -> {});
          once.take(unanswered("no answer in time"));
        });
  }

  private static final class Once implements Door.Answered {
    private final BooleanSupplier alive;
    private final Door.Answered answered;
    private boolean taken;

    Once(BooleanSupplier alive, Door.Answered answered) {
      this.alive = alive;
      this.answered = answered;
    }

    @Override
    public void take(Door.Answer answer) {
      if (!taken && alive.getAsBoolean()) {
        taken = true;
        answered.take(answer);
      }
    }
  }
}
