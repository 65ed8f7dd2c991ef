package dev.roadstead.sim.server;

import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.AgentHello;
import dev.roadstead.control.node.TcsSession;
import dev.roadstead.engine.loop.NotWritable;
import dev.roadstead.engine.loop.Overloaded;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.link.LinkMessage;
import dev.roadstead.sim.net.Cable;
import dev.roadstead.sim.net.Door.SocketEnd;
import dev.roadstead.sim.net.Door.Upgrade;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every open socket of one process, as the server's `AgentSockets` and `Followers` have them.
final class Sessions {
  /// As the server wakes its sessions.
  static final Duration TICK = Duration.ofMillis(500);

  private static final Duration LINGER = Duration.ofMillis(5);

  private final Life life;
  private final AcsSession.Tools tools;
  private final Map<Cable, AcsEnd> acs = new LinkedHashMap<>();
  private final Map<Cable, TcsEnd> tcs = new LinkedHashMap<>();
  private final Map<String, AcsEnd> newest = new LinkedHashMap<>();
  private final Set<AcsEnd> soon = new LinkedHashSet<>();
  private final Queue<Work<?>> waiting = new ArrayDeque<>();

  Sessions(Life life, AcsSession.Tools tools) {
    this.life = life;
    this.tools = tools;
  }

  State state() {
    return life.state();
  }

  Instant now() {
    return life.clock().instant();
  }

  /// Null when taken, else why not.
  @Nullable String accept(Cable cable, Upgrade upgrade, SocketEnd agent) {
    AgentHello hello;
    try {
      hello = AgentHello.read(state(), new Scope(Gate.ACCOUNT, Gate.REGION), upgrade.query());
    } catch (Refusal refusal) {
      return refusal.error().code();
    }
    Instant at = now().truncatedTo(ChronoUnit.MILLIS);
    if (upgrade.telemetry()) {
      tcs.put(cable, new TcsEnd(new TcsSession(hello, at), cable, agent, this));
      return null;
    }
    AcsSession session = new AcsSession(hello, Ids.uuid(life.random()), at, tools);
    AcsEnd end = new AcsEnd(session, cable, agent, this);
    acs.put(cable, end);
    AcsEnd older = newest.put(end.instanceKey(), end);
    if (older != null) {
      older.end();
    }
    end.opened();
    return null;
  }

  void received(Cable cable, String text) {
    AcsEnd end = acs.get(cable);
    TcsEnd telemetry = tcs.get(cable);
    if (end != null) {
      end.received(text);
    } else if (telemetry != null) {
      telemetry.received(text);
    }
  }

  void closed(Cable cable, boolean orderly) {
    AcsEnd end = acs.remove(cable);
    tcs.remove(cable);
    if (end != null) {
      end.closed(orderly);
    }
  }

  void remove(AcsEnd end) {
    newest.remove(end.instanceKey(), end);
  }

  void soon(AcsEnd end) {
    if (soon.isEmpty()) {
      life.after(LINGER, this::tellAll);
    }
    soon.add(end);
  }

  private void tellAll() {
    List<AcsEnd> ends = new ArrayList<>(soon);
    soon.clear();
    ends.forEach(AcsEnd::told);
  }

  void tick() {
    Instant now = now();
    List.copyOf(newest.values()).forEach(one -> one.time(now));
    List.copyOf(tcs.values()).forEach(one -> one.time(now));
    for (int left = waiting.size(); left > 0; left--) {
      submit(waiting.remove());
    }
  }

  /// Hands work to the engine, and again when it takes nothing now.
  void submit(Work<?> work) {
    try {
      var _ =
          life.submit(work)
              .whenComplete(
                  (_, failure) -> {
                    if (failure instanceof NotWritable) {
                      waiting.add(work);
                    }
                  });
    } catch (Overloaded | NotWritable _) {
      waiting.add(work);
    }
  }

  boolean forgetsMachines() {
    return life.forgetsMachines();
  }

  void said(String instanceKey, LinkMessage message) {
    life.note("says", instanceKey, message);
  }

  void follow(Commit commit) {
    for (Commit.Touch<?> touch : commit.touches()) {
      if (touch.table().equals(Tasks.TABLE)) {
        task((Task) touch.before(), (Task) touch.after(), touch.key());
      } else if (touch.table().equals(ContainerInstances.TABLE)) {
        instance((ContainerInstance) touch.after(), touch.key());
      }
    }
  }

  private void task(@Nullable Task before, @Nullable Task after, String key) {
    if (before != null
        && after != null
        && before.wanted() == after.wanted()
        && Objects.equals(before.instanceId(), after.instanceId())
        && before.connected() == after.connected()
        && before.stopped() == after.stopped()) {
      return;
    }
    Task latest = after == null ? before : after;
    String instanceKey = latest == null ? null : latest.instanceKey();
    AcsEnd end = instanceKey == null ? null : newest.get(instanceKey);
    if (end != null) {
      boolean settled = after != null && after.wanted() && after.connected() && !after.stopped();
      end.changed(key, !settled);
    }
  }

  private void instance(@Nullable ContainerInstance after, String key) {
    AcsEnd end = newest.get(key);
    if (end != null && (after == null || after.status().equals(ContainerInstance.INACTIVE))) {
      end.tick();
    }
  }

  /// Everything is closed in order, or by the end of the process.
  void endAll() {
    List.copyOf(acs.values()).forEach(AcsEnd::end);
    List.copyOf(tcs.values()).forEach(TcsEnd::end);
  }
}
