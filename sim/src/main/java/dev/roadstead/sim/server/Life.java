package dev.roadstead.sim.server;

import dev.roadstead.base.Bug;
import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.Lease;
import dev.roadstead.control.node.NodeSecrets;
import dev.roadstead.control.node.NodeWork;
import dev.roadstead.control.node.TaskCredentials;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.engine.consensus.SingleMember;
import dev.roadstead.engine.loop.EngineConfig;
import dev.roadstead.engine.loop.SteppedEngine;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Feed;
import dev.roadstead.link.LinkMessage;
import dev.roadstead.link.acs.HeartbeatMessage;
import dev.roadstead.sim.disk.SimDisk;
import dev.roadstead.sim.net.Door;
import dev.roadstead.sim.time.SimClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One process of the control plane, from its start to its end.
final class Life {
  /// Small, so that a run of minutes begins many log files and snapshots.
  private static final long SEGMENT_BYTES = 48 << 10;

  private static final long SNAPSHOT_LOG_BYTES = 96 << 10;
  private static final int INSTANCES_AT_ONCE = 500;
  private static final Duration TURN = Duration.ofNanos(40_000);
  private static final Duration PROBE = Duration.ofMillis(500);
  private static final Duration SLEEP_MAX = Duration.ofSeconds(1);

  private final ServerParts parts;
  private final SingleMember member;
  private final Tap tap;
  private final SteppedEngine engine;
  private final Gate gate;
  private final Map<Door.Answered, Long> unanswered = new LinkedHashMap<>();
  private @Nullable Sessions sessions; // null until it serves
  private @Nullable Runnable doom; // null while the power is safe
  private boolean alive = true;
  private boolean mute;
  private boolean turnPlanned;
  private boolean writePlanned;
  private long wakePlanned = Long.MAX_VALUE;
  private State followed;

  /// Reads the disk, and begins to come up.
  Life(ServerParts parts) {
    this.parts = parts;
    this.member =
        SingleMember.stepped(
            parts.disk(),
            Gate.SERVICES.schema(),
            SEGMENT_BYTES,
            SNAPSHOT_LOG_BYTES,
            work -> after(parts.chance().millis(1, 400), () -> snapshot(work)));
    this.tap = new Tap(member, State.empty(Gate.SERVICES.schema()));
    this.engine =
        SteppedEngine.over(
            tap,
            member::hasRoom,
            EngineConfig.at(
                Path.of(""),
                failure -> {
                  throw new Bug("the engine has stopped", failure);
                }),
            Gate.SERVICES.controllers(),
            new SteppedEngine.Around(parts.clock(), parts.chance().generator()));
    this.gate =
        new Gate(
            engine, parts.clock(), parts.chance().generator(), parts.plant() == Plant.HASTY_ANSWER);
    this.followed = engine.state();
  }

  /// As the server starts: everybody is taken for disconnected, then it serves.
  ///
  /// @param fails the process ends: it could not write
  void comeUp(Runnable fails) {
    nobodyConnected("")
        .thenCompose(_ -> submit(NodeSecrets.taskCredentials()))
        .thenAccept(this::serve)
        .exceptionally(
            failure -> {
              parts.trace().note("server does not come up: " + failure.getMessage());
              after(TURN, fails);
              return null;
            });
  }

  private CompletableFuture<String> nobodyConnected(String after) {
    return submit(NodeWork.nobodyConnected(after, INSTANCES_AT_ONCE, Lease.USUAL))
        .thenCompose(
            next ->
                next.isEmpty() ? CompletableFuture.completedFuture(next) : nobodyConnected(next));
  }

  private void serve(dev.roadstead.control.node.NodeSecret secret) {
    var tools =
        new AcsSession.Tools(
            new TaskCredentials(NodeSecrets.bytes(secret)), Template::read, Lease.USUAL);
    sessions = new Sessions(this, tools);
    parts.trace().note("server serves from " + engine.state().position());
    tick();
  }

  private void tick() {
    if (sessions != null) {
      sessions.tick();
      pump();
      after(Sessions.TICK, this::tick);
    }
  }

  /// Null until it serves.
  @Nullable Sessions sessions() {
    return sessions;
  }

  boolean forgetsMachines() {
    return parts.plant() == Plant.FORGOTTEN_MACHINE;
  }

  State state() {
    return engine.state();
  }

  Tap tap() {
    return tap;
  }

  SimClock clock() {
    return parts.clock();
  }

  RandomGenerator random() {
    return parts.chance().generator();
  }

  SimDisk disk() {
    return parts.disk();
  }

  boolean troubled() {
    return member.troubled() || !engine.accepting();
  }

  /// When the call that waits longest came, in microseconds of the run; now when none does.
  long oldestCall() {
    return unanswered.isEmpty() ? parts.time().micros() : unanswered.values().iterator().next();
  }

  void note(String kind, String who, LinkMessage message) {
    if (message instanceof HeartbeatMessage) {
      parts.trace().count(message.hashCode());
    } else {
      parts.trace().note(kind + " " + who + " " + message);
    }
  }

  void after(Duration wait, Runnable what) {
    parts
        .time()
        .after(
            wait,
            () -> {
              if (alive) {
                what.run();
              }
            });
  }

  <A> CompletableFuture<A> submit(Work<A> work) {
    CompletableFuture<A> answer = engine.submit(work);
    pump();
    return answer;
  }

  void call(Door.Request request, Door.Answered answered) {
    unanswered.put(answered, parts.time().micros());
    gate.perform(
        request,
        answer -> {
          unanswered.remove(answered);
          if (!mute) {
            answered.take(answer);
          }
        });
    pump();
  }

  private void pump() {
    if (!turnPlanned) {
      turnPlanned = true;
      after(TURN, this::turn);
    }
  }

  private void turn() {
    turnPlanned = false;
    boolean more = engine.round();
    planWrite();
    if (more && member.hasRoom()) {
      pump();
    } else {
      planWake();
    }
  }

  private void planWake() {
    Duration wait = engine.nextRound();
    if (wait == null || (wait.isZero() && !member.hasRoom())) {
      return; // a write that ends, or a submission, goes on
    }
    wait = wait.compareTo(SLEEP_MAX) > 0 ? SLEEP_MAX : wait.plusNanos(1_000_000);
    long at = parts.time().micros() + wait.toNanos() / 1000;
    if (at < wakePlanned) {
      wakePlanned = at;
      after(
          wait,
          () -> {
            wakePlanned = Long.MAX_VALUE;
            pump();
          });
    }
  }

  private void planWrite() {
    if (!writePlanned && (member.hasWork() || member.troubled())) {
      writePlanned = true;
      after(member.hasWork() ? parts.pace().next() : PROBE, this::write);
    }
  }

  private void write() {
    writePlanned = false;
    Runnable end = doom;
    if (end != null) {
      end.run();
      return;
    }
    member.step();
    follow();
    planWrite();
    pump();
  }

  private void snapshot(Runnable work) {
    Runnable end = doom;
    if (end == null) {
      work.run();
      return;
    }
    disk().losePowerAfter(parts.chance().below(8));
    work.run();
    end.run();
  }

  /// The power fails with the next write.
  ///
  /// @param end takes the process away; null when it does not fail
  void doom(@Nullable Runnable end) {
    doom = end;
  }

  private void follow() {
    try {
      switch (engine.feed().await(followed.position(), Duration.ZERO)) {
        case Feed.Commits news -> news.commits().forEach(this::committed);
        case Feed.TooOld _ -> throw new Bug("the feed is longer than a step");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    followed = engine.state();
  }

  private void committed(Commit commit) {
    State before = followed;
    followed = before.with(changes(commit), commit.position());
    parts.witness().committed(commit, before, followed);
    if (sessions != null && !mute) {
      sessions.follow(commit);
    }
  }

  private static List<Change> changes(Commit commit) {
    List<Change> changes = new ArrayList<>(commit.touches().size());
    commit.touches().forEach(touch -> changes.add(change(touch)));
    return changes;
  }

  private static <R extends Record> Change change(Commit.Touch<R> touch) {
    R row = touch.after();
    return row == null ? touch.table().delete(touch.key()) : touch.table().put(row);
  }

  /// The process is killed, perhaps in the middle of a write.
  void kill(boolean midWrite) {
    mute = true;
    if (midWrite) {
      disk().losePowerAfter(parts.chance().below(6));
      try {
        while (member.step() && !member.troubled()) {
          follow();
        }
      } catch (SimDisk.PowerLost _) {
        parts.trace().note("the power fails during a write");
      }
      follow();
    }
    alive = false;
    unanswered.clear();
  }

  /// The process ends in order: what was decided is durable.
  void stop() {
    mute = true;
    if (sessions != null) {
      sessions.endAll();
    }
    while (member.hasWork()) {
      member.step();
      follow();
    }
    alive = false;
  }
}
