package dev.roadstead.sim.node;

import dev.roadstead.sim.net.Cable;
import dev.roadstead.sim.net.Door;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one socket of an agent open, as the agent's shell does: dials, serves until it is closed
/// or silent, waits a little, dials again.
final class Line {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);
  private static final int BACKOFF_FIRST = 250;
  private static final int BACKOFF_MOST = 1_600;

  private final SimAgent agent;
  private final boolean telemetry;
  private final Ears ears;
  private @Nullable Cable cable; // of the socket that is open or dialled
  private boolean open;
  private boolean everOpen;
  private int backoff = BACKOFF_FIRST;
  private long heard;

  /// What is particular to one kind of socket.
  interface Ears {
    void opened();

    void received(String text);

    /// The server has refused.
    ///
    /// @return how long to wait before the next try; null for the usual time
    @Nullable Duration refused(String code);
  }

  Line(SimAgent agent, boolean telemetry, Ears ears) {
    this.agent = agent;
    this.telemetry = telemetry;
    this.ears = ears;
  }

  boolean open() {
    return open;
  }

  void dial() {
    Cable dialled = agent.machine().way().dial();
    cable = dialled;
    Door door = agent.machine().door();
    dialled.watch(() -> door.closed(dialled, false), () -> ended(dialled));
    dialled.up(
        () -> {
          if (!door.open()) {
            dialled.leaveDown(() -> ended(dialled));
            return;
          }
          dialled.down(() -> opened(dialled));
          String refusal = door.accept(dialled, new Door.Upgrade(telemetry, query()), end(dialled));
          if (refusal != null) {
            dialled.leaveDown(() -> refused(dialled, refusal));
          }
        });
    agent.after(
        HANDSHAKE,
        () -> {
          if (dialled == cable && !open) {
            drop(dialled);
          }
        });
  }

  private Door.SocketEnd end(Cable dialled) {
    return new Door.SocketEnd() {
      @Override
      public void received(String text) {
        if (isCurrent(dialled)) {
          heard = agent.machine().time().micros();
          ears.received(text);
        }
      }

      @Override
      public void closed() {
        ended(dialled);
      }
    };
  }

  private boolean isCurrent(Cable one) {
    return agent.alive() && one == cable;
  }

  private void opened(Cable dialled) {
    if (isCurrent(dialled)) {
      open = true;
      backoff = BACKOFF_FIRST;
      heard = agent.machine().time().micros();
      watchSilence(dialled);
    }
  }

  /// The first message from the server shows that it was accepted; what is sent goes there.
  private void watchSilence(Cable dialled) {
    everOpen = true;
    ears.opened();
    silence(dialled);
  }

  private void silence(Cable dialled) {
    if (!isCurrent(dialled)) {
      return;
    }
    long left = heard + SILENCE_MAX.toNanos() / 1000 - agent.machine().time().micros();
    if (left <= 0) {
      drop(dialled);
    } else {
      agent.after(Duration.ofNanos(left * 1000), () -> silence(dialled));
    }
  }

  private void drop(Cable dialled) {
    Door door = agent.machine().door();
    dialled.leaveUp(() -> door.closed(dialled, true));
    ended(dialled);
  }

  private void ended(Cable dialled) {
    if (isCurrent(dialled)) {
      cable = null;
      open = false;
      again(agent.machine().chance().millis(backoff * 4 / 5, backoff * 6 / 5));
      backoff = Math.min(backoff * 3 / 2, BACKOFF_MOST);
    }
  }

  private void refused(Cable dialled, String code) {
    if (isCurrent(dialled)) {
      cable = null;
      open = false;
      Duration wait = ears.refused(code);
      again(wait == null ? agent.machine().chance().millis(250, 2_000) : wait);
    }
  }

  private void again(Duration wait) {
    agent.after(
        wait,
        () -> {
          if (cable == null) {
            dial();
          }
        });
  }

  void send(String text) {
    Cable to = cable;
    if (open && to != null) {
      Door door = agent.machine().door();
      to.up(() -> door.received(to, text));
    }
  }

  /// The agent's process is gone.
  ///
  /// @param silent whether the machine is too, so that nobody is told
  void die(boolean silent) {
    Cable last = cable;
    cable = null;
    open = false;
    if (last != null) {
      if (silent) {
        last.silence();
      } else {
        Door door = agent.machine().door();
        last.leaveUp(() -> door.closed(last, false));
      }
    }
  }

  private Map<String, List<String>> query() {
    Map<String, List<String>> query = new LinkedHashMap<>();
    query.put("agentHash", List.of("roadstead"));
    query.put("agentVersion", List.of("1.105.1"));
    query.put(telemetry ? "cluster" : "clusterArn", List.of(SimAgent.CLUSTER));
    query.put(
        telemetry ? "containerInstance" : "containerInstanceArn", List.of(agent.instanceArn()));
    query.put("dockerVersion", List.of("DockerVersion: 1"));
    query.put("protocolVersion", List.of("2"));
    query.put("seqNum", List.of("1"));
    query.put("sendCredentials", List.of(String.valueOf(!everOpen)));
    return query;
  }
}
