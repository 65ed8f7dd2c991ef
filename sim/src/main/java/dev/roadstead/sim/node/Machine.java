package dev.roadstead.sim.node;

import dev.roadstead.sim.net.Door;
import dev.roadstead.sim.net.Net;
import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.SimClock;
import dev.roadstead.sim.time.Timeline;
import dev.roadstead.sim.time.Trace;
import org.jspecify.annotations.Nullable;

/// A container instance's machine: an engine, a disk, a clock, a way to the server, and an agent
/// that comes and goes.
public final class Machine {
  private static final int CPU_UNITS = 2048;
  private static final int MEMORY_MIB = 2048;

  private final int number;
  private final Surroundings around;
  private final Chance chance;
  private final SimClock clock;
  private final FakeEngine engine;
  private final AgentDisk disk = new AgentDisk();
  private @Nullable SimAgent agent; // null while none runs
  private boolean dead;

  /// What it finds around it.
  public record Surroundings(Timeline time, Trace trace, Net.Way way, Door door) {}

  public Machine(int number, Surroundings around, Chance chance) {
    this.number = number;
    this.around = around;
    this.chance = chance;
    this.clock = new SimClock(around.time());
    this.engine = new FakeEngine(around.time(), chance.split());
  }

  public int number() {
    return number;
  }

  int zone() {
    return number % 2;
  }

  int cpuUnits() {
    return CPU_UNITS;
  }

  int memoryMib() {
    return MEMORY_MIB;
  }

  Timeline time() {
    return around.time();
  }

  public Net.Way way() {
    return around.way();
  }

  Door door() {
    return around.door();
  }

  Chance chance() {
    return chance;
  }

  public SimClock clock() {
    return clock;
  }

  public FakeEngine engine() {
    return engine;
  }

  AgentDisk disk() {
    return disk;
  }

  /// Null while none runs.
  public @Nullable SimAgent agent() {
    return agent;
  }

  /// Whether it is gone for good.
  public boolean dead() {
    return dead;
  }

  /// Whether its agent has a connection to the server, as far as it knows.
  public boolean connected() {
    return agent != null && agent.lines().connected();
  }

  void note(String what) {
    around.trace().note("m" + number + " " + what);
  }

  /// Starts an agent unless one runs or the machine is dead.
  public void start() {
    if (agent == null && !dead) {
      note("agent starts");
      SimAgent begun = new SimAgent(this);
      agent = begun;
      begun.start();
    }
  }

  /// Ends the agent's process; its containers run on.
  public void kill() {
    SimAgent ending = agent;
    if (ending != null) {
      note("agent is killed");
      agent = null;
      ending.end(false);
      disk.crash(false, chance);
    }
  }

  /// The machine loses its power and comes back with nothing running.
  ///
  /// @param forGood whether it stays away
  public void powerOff(boolean forGood) {
    note(forGood ? "dies" : "loses power");
    dead = dead || forGood;
    SimAgent ending = agent;
    if (ending != null) {
      agent = null;
      ending.end(true);
      disk.crash(true, chance);
    }
    engine.powerOff();
  }

  /// Whether its disk takes nothing more.
  public void full(boolean isFull) {
    note(isFull ? "has a full disk" : "has room again");
    disk.full(isFull);
  }
}
