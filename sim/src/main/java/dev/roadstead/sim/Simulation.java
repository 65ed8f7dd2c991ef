package dev.roadstead.sim;

import dev.roadstead.sim.audit.MachineLaws;
import dev.roadstead.sim.audit.Promises;
import dev.roadstead.sim.audit.RowLaws;
import dev.roadstead.sim.audit.Violation;
import dev.roadstead.sim.client.Api;
import dev.roadstead.sim.client.Operator;
import dev.roadstead.sim.disk.SimDisk;
import dev.roadstead.sim.net.Calls;
import dev.roadstead.sim.net.Net;
import dev.roadstead.sim.node.Machine;
import dev.roadstead.sim.server.DiskPace;
import dev.roadstead.sim.server.Plant;
import dev.roadstead.sim.server.ServerParts;
import dev.roadstead.sim.server.SimServer;
import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.SimClock;
import dev.roadstead.sim.time.Timeline;
import dev.roadstead.sim.time.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run: the whole system, its callers and its troubles, from one seed. Ends with a phase in
/// which nothing fails any more except one machine that stays dead, and everything must come to
/// rest.
public final class Simulation {
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(30);
  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final long SECOND = 1_000_000;

  /// A call that reached a healthy server is answered within this. Disks take seconds at worst.
  private static final long ANSWER_MAX = 20 * SECOND;

  private final long seed;
  private final Scale scale;
  private final Timeline time = new Timeline();
  private final Trace trace;
  private final Chance chance;
  private final RowLaws laws = new RowLaws();
  private final Promises promises = new Promises();
  private final World world;
  private final Api api;
  private final Operator operator;
  private final Faults faults;
  private boolean acting = true;
  private long unwellSince;
  private Duration converged = Duration.ZERO;

  /// A run that has not begun.
  ///
  /// @param aloud whether everything is printed as it happens
  public Simulation(long seed, Scale scale, boolean aloud) {
    this(seed, scale, Plant.NONE, aloud);
  }

  /// A run with a defect in it.
  Simulation(long seed, Scale scale, Plant plant, boolean aloud) {
    this.seed = seed;
    this.scale = scale;
    this.trace = new Trace(time, aloud);
    this.chance = new Chance(seed);
    this.world = world(plant);
    Calls calls = new Calls(time, world.net().way(), world.server(), CLIENT_PATIENCE);
    this.api = new Api(calls, trace);
    this.operator = new Operator(api, chance.split(), world.server()::state, promises);
    this.faults = new Faults(world, time, trace, chance.split());
  }

  private World world(Plant plant) {
    Net net = new Net(time, chance.split());
    SimClock clock = new SimClock(time);
    SimDisk disk = new SimDisk();
    DiskPace pace = new DiskPace(chance.split());
    if (plant == Plant.SKIPPED_FSYNC) {
      disk.lie();
    }
    SimServer server =
        new SimServer(
            new ServerParts(time, trace, chance.split(), clock, disk, pace, plant, laws),
            chance.split());
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < scale.machines(); i++) {
      machines.add(
          new Machine(i, new Machine.Surroundings(time, trace, net.way(), server), chance.split()));
    }
    return new World(net, server, disk, pace, clock, machines);
  }

  /// Runs to the end, or to what is broken first.
  public Outcome run() {
    Throwable failure = null;
    try {
      phases();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    return outcome(failure);
  }

  private void phases() {
    world.server().start();
    world.machines().forEach(machine -> time.after(chance.millis(0, 3_000), machine::start));
    time.after(Duration.ofMillis(200), operator::begin);
    pass(SETTLE);
    act();
    if (scale.faults()) {
      faults.begin();
    }
    pass(Duration.ofSeconds(scale.seconds()));
    acting = false;
    faults.end();
    pass(CLIENT_PATIENCE);
    long began = time.micros();
    new Rest(world, api, scale.faults()).settle(this::pass);
    converged = Duration.ofNanos((time.micros() - began) * 1000);
  }

  private void act() {
    if (acting) {
      operator.act(scale.services());
      time.after(chance.millis(10, 3_000), this::act);
    }
  }

  /// Lets so much time go by, and looks at everything once a second.
  private void pass(Duration wait) {
    long end = time.micros() + wait.toNanos() / 1000;
    while (time.micros() < end) {
      long next = Math.min(end, time.micros() + SECOND);
      while (time.step(next)) {
        if (time.happened() > 20_000_000) {
          throw new Violation("the run finds no end");
        }
      }
      look();
    }
  }

  private void look() {
    MachineLaws.check(world.machines());
    promises.check(world.server().state());
    if (!world.server().well()) {
      unwellSince = time.micros();
    }
    long wait = Math.min(world.server().longestWait(), time.micros() - unwellSince);
    if (wait > ANSWER_MAX) {
      throw new Violation("a call waits for its answer for " + wait / SECOND + " s");
    }
  }

  private Outcome outcome(@Nullable Throwable failure) {
    return new Outcome(
        seed,
        failure,
        trace.tail(),
        trace.hash(),
        Duration.ofNanos(time.micros() * 1000),
        time.happened(),
        laws.commits(),
        promises.size(),
        faults.count(),
        converged);
  }
}
