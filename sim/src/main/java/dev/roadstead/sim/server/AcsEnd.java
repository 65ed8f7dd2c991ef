package dev.roadstead.sim.server;

import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.Turn;
import dev.roadstead.link.LinkMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.sim.net.Cable;
import dev.roadstead.sim.net.Door.SocketEnd;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/// The server's end of an agent's ACS socket: the real session, with what the shell around it does.
final class AcsEnd {
  private final AcsSession session;
  private final Cable cable;
  private final SocketEnd agent;
  private final Sessions sessions;
  private final Set<String> changed = new LinkedHashSet<>();
  private Instant nextTick = Instant.MIN;
  private boolean open = true;
  private boolean over;

  AcsEnd(AcsSession session, Cable cable, SocketEnd agent, Sessions sessions) {
    this.session = session;
    this.cable = cable;
    this.agent = agent;
    this.sessions = sessions;
  }

  String instanceKey() {
    return session.hello().instanceKey();
  }

  void opened() {
    perform(session.open(sessions.state()));
    stepped();
  }

  void received(String text) {
    if (open && !over) {
      perform(session.received(sessions.state(), LinkCodec.ACS_AGENT.decode(text), sessions.now()));
      stepped();
    }
  }

  void closed(boolean orderly) {
    if (sessions.forgetsMachines()) {
      end();
      return;
    }
    shut(orderly);
    tick();
  }

  /// A task's row changed so that something may be to be said; false: said when it is up anyway.
  void changed(String taskKey, boolean soon) {
    changed.add(taskKey);
    if (soon && !over) {
      sessions.soon(this);
    }
  }

  void told() {
    if (!over && open && !changed.isEmpty()) {
      Set<String> keys = new LinkedHashSet<>(changed);
      changed.clear();
      perform(session.changed(sessions.state(), keys, sessions.now()));
      stepped();
    }
  }

  void resync() {
    if (!over && open) {
      changed.clear();
      perform(session.resync(sessions.state(), sessions.now()));
      stepped();
    }
  }

  void time(Instant now) {
    if (!over && !now.isBefore(nextTick)) {
      tick();
    }
  }

  void tick() {
    if (!over) {
      perform(session.tick(sessions.state(), sessions.now()));
      stepped();
    }
  }

  /// A newer connection is there, or the server stops.
  void end() {
    over = true;
    if (open) {
      open = false;
      cable.leaveDown(agent::closed);
    }
    sessions.remove(this);
  }

  private void stepped() {
    if (session.finished()) {
      over = true;
      sessions.remove(this);
    } else {
      nextTick = session.nextTick();
    }
  }

  private void shut(boolean orderly) {
    if (open) {
      open = false;
      session.closed(sessions.now(), orderly);
    }
  }

  private void perform(Turn<AcsServerMessage> turn) {
    turn.work().forEach(sessions::submit);
    if (!open) {
      return;
    }
    for (AcsServerMessage message : turn.messages()) {
      send(LinkCodec.ACS_SERVER.encode(message), message);
    }
    if (turn.closing() != null && sessions.forgetsMachines()) {
      end();
    } else if (turn.closing() != null) {
      shut(true);
      cable.leaveDown(agent::closed);
    }
  }

  private void send(String text, LinkMessage message) {
    sessions.said(instanceKey(), message);
    cable.down(() -> agent.received(text));
  }
}
