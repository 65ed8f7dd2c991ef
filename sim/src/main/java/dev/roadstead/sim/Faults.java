package dev.roadstead.sim;

import dev.roadstead.sim.node.Machine;
import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.SimClock;
import dev.roadstead.sim.time.Timeline;
import dev.roadstead.sim.time.Trace;
import java.time.Duration;

/// Breaks things and mends them again, until it is told to end; then all is mended but one machine.
final class Faults {
  private static final int JUMP_MILLIS_MAX = 60_000;

  private final World world;
  private final Timeline time;
  private final Trace trace;
  private final Chance chance;
  private boolean ended;
  private int count;

  Faults(World world, Timeline time, Trace trace, Chance chance) {
    this.world = world;
    this.time = time;
    this.trace = trace;
    this.chance = chance;
  }

  int count() {
    return count;
  }

  void begin() {
    time.after(
        chance.millis(200, 12_000),
        () -> {
          if (!ended) {
            strike();
            begin();
          }
        });
  }

  private void strike() {
    count++;
    switch (chance.below(20)) {
      case 0 -> world.server().crash(true);
      case 1 -> world.server().crashInWrite(true);
      case 2 -> world.server().crash(false);
      case 3 -> world.server().stop();
      case 4, 5, 6, 7, 8 -> machine(chance.oneOf(world.machines()));
      case 9, 10, 11, 12, 13 -> way(chance.oneOf(world.machines()));
      case 14 -> {
        trace.note("the server's disk is nearly full");
        world.disk().leaveRoom(chance.below(6_000));
        later(20_000, () -> world.disk().leaveRoom(Long.MAX_VALUE));
      }
      case 15 -> {
        trace.note("the server's disk is slow");
        world.pace().slow(chance.between(100, 2_500));
        later(20_000, () -> world.pace().slow(3));
      }
      case 16 -> jump("the server", world.serverClock());
      default -> chance.oneOf(world.machines()).engine().killAny();
    }
  }

  private void machine(Machine machine) {
    switch (chance.below(5)) {
      case 0, 1 -> {
        machine.kill();
        later(10_000, machine::start);
      }
      case 2 -> {
        machine.powerOff(false);
        later(60_000, machine::start);
      }
      case 3 -> {
        machine.full(true);
        later(30_000, () -> machine.full(false));
      }
      default -> jump("machine " + machine.number(), machine.clock());
    }
  }

  private void way(Machine machine) {
    String which = " of machine " + machine.number();
    switch (chance.below(4)) {
      case 0 -> {
        trace.note("connections break" + which);
        machine.way().breakAll();
      }
      case 1 -> {
        trace.note("the way is slow" + which);
        machine.way().slow(chance.between(50, 3_000));
        later(30_000, () -> machine.way().slow(2));
      }
      default -> {
        boolean up = chance.in100(60);
        boolean down = !up || chance.in100(50);
        trace.note("the way is cut" + which + (up ? " up" : "") + (down ? " down" : ""));
        machine.way().cut(up, down);
        later(90_000, () -> machine.way().cut(false, false));
      }
    }
  }

  private void jump(String whose, SimClock clock) {
    Duration off = Duration.ofMillis(chance.between(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX));
    trace.note("the clock of " + whose + " is off by " + off);
    clock.set(off);
  }

  private void later(int millisMost, Runnable what) {
    time.after(chance.millis(10, millisMost), what);
  }

  /// From now on nothing fails, except that one machine is dead for good.
  void end() {
    ended = true;
    boolean any = count > 0;
    world.server().crashInWrite(false);
    world.server().start();
    world.disk().leaveRoom(Long.MAX_VALUE);
    world.pace().slow(3);
    world.serverClock().set(Duration.ZERO);
    Machine dead = any ? chance.oneOf(world.machines()) : null;
    for (Machine machine : world.machines()) {
      machine.way().cut(false, false);
      machine.way().slow(5);
      machine.clock().set(Duration.ZERO);
      machine.full(false);
      machine.engine().calm();
      if (machine.equals(dead)) {
        machine.powerOff(true);
      } else {
        machine.start();
      }
    }
    trace.note("nothing fails any more");
  }
}
