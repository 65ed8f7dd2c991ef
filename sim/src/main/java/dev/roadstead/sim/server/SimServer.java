package dev.roadstead.sim.server;

import dev.roadstead.engine.root.State;
import dev.roadstead.sim.net.Cable;
import dev.roadstead.sim.net.Door;
import dev.roadstead.sim.time.Chance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The machine of the control plane: a disk, and a process that may be killed and is started
/// again.
public final class SimServer implements Door {
  /// Somebody starts it again: a supervisor, or people.
  private static final int RESTART_MILLIS_MAX = 15_000;

  private final ServerParts parts;
  private final Chance chance;
  private final Map<Cable, Runnable> connections = new LinkedHashMap<>();
  private @Nullable Life life;
  private State last = State.empty(Gate.SERVICES.schema());
  private @Nullable Tap killed;

  public SimServer(ServerParts parts, Chance chance) {
    this.parts = parts;
    this.chance = chance;
  }

  /// Starts the process unless it runs.
  public void start() {
    if (life != null) {
      return;
    }
    Life begun = new Life(parts);
    life = begun;
    State found = begun.state();
    Tap before = killed;
    State expected = before == null ? last : before.expected(found.position());
    parts.trace().note("server starts at position " + found.position());
    parts.witness().recovered(expected, found);
    last = found;
    begun.comeUp(() -> crash(false));
  }

  /// Takes its power while it writes the next time.
  ///
  /// @param doomed false when it may live on after all
  public void crashInWrite(boolean doomed) {
    Life now = life;
    if (now != null) {
      now.doom(doomed ? () -> crash(true, true) : null);
    }
  }

  /// Kills the process, or takes its power: then the disk keeps what was forced only.
  public void crash(boolean power) {
    crash(power, power && chance.below(2) == 0);
  }

  private void crash(boolean power, boolean inWrite) {
    Life dying = life;
    if (dying == null) {
      return;
    }
    dying.kill(inWrite);
    parts.trace().note(power ? "server loses power" : "server is killed");
    ended(dying);
    if (power) {
      parts.disk().crash(chance);
    }
  }

  /// Ends the process in order.
  public void stop() {
    Life ending = life;
    if (ending != null) {
      parts.trace().note("server stops");
      ending.stop();
      ended(ending);
    }
  }

  private void ended(Life ending) {
    last = ending.state();
    killed = ending.tap();
    life = null;
    parts.time().after(chance.millis(10, RESTART_MILLIS_MAX), this::start);
    List<Runnable> farewells = new ArrayList<>(connections.values());
    connections.clear();
    farewells.forEach(Runnable::run);
  }

  /// Whether calls are taken and nothing is wrong with the disk.
  public boolean well() {
    Life now = life;
    return now != null && now.sessions() != null && !now.troubled();
  }

  public boolean up() {
    return life != null;
  }

  /// The newest durable state, also while it is down.
  public State state() {
    return life == null ? last : life.state();
  }

  /// For how long a call has waited for its answer, in microseconds.
  public long longestWait() {
    return life == null ? 0 : parts.time().micros() - life.oldestCall();
  }

  @Override
  public boolean open() {
    return life != null && life.sessions() != null;
  }

  @Override
  public void call(Cable cable, Request request, Answered answered) {
    Life now = life;
    if (now != null) {
      parts.trace().note("call " + request.operation());
      Runnable refused =
          () -> cable.leaveDown(() -> answered.take(new Answer(0, "connection reset", "")));
      connections.put(cable, refused);
      now.call(
          request,
          answer -> {
            connections.remove(cable);
            parts.trace().note("answer " + request.operation() + " " + answer.code());
            cable.leaveDown(() -> answered.take(answer));
          });
    }
  }

  @Override
  public @Nullable String accept(Cable cable, Upgrade upgrade, SocketEnd agent) {
    Sessions sessions = life == null ? null : life.sessions();
    if (sessions == null) {
      return "ServerException";
    }
    String refusal = sessions.accept(cable, upgrade, agent);
    if (refusal == null) {
      connections.put(cable, () -> cable.leaveDown(agent::closed));
    }
    return refusal;
  }

  @Override
  public void received(Cable cable, String text) {
    Sessions sessions = life == null ? null : life.sessions();
    if (sessions != null) {
      sessions.received(cable, text);
    }
  }

  @Override
  public void closed(Cable cable, boolean orderly) {
    connections.remove(cable);
    Sessions sessions = life == null ? null : life.sessions();
    if (sessions != null) {
      sessions.closed(cable, orderly);
    }
  }
}
