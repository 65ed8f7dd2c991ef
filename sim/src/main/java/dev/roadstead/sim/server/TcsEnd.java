package dev.roadstead.sim.server;

import dev.roadstead.control.node.TcsSession;
import dev.roadstead.control.node.Turn;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.tcs.TcsServerMessage;
import dev.roadstead.sim.net.Cable;
import dev.roadstead.sim.net.Door.SocketEnd;
import java.time.Instant;

/// The server's end of an agent's TCS socket.
final class TcsEnd {
  private final TcsSession session;
  private final Cable cable;
  private final SocketEnd agent;
  private final Sessions sessions;

  TcsEnd(TcsSession session, Cable cable, SocketEnd agent, Sessions sessions) {
    this.session = session;
    this.cable = cable;
    this.agent = agent;
    this.sessions = sessions;
  }

  void received(String text) {
    perform(session.received(sessions.state(), LinkCodec.TCS_AGENT.decode(text)));
  }

  void time(Instant now) {
    if (!now.isBefore(session.nextTick())) {
      perform(session.tick(now));
    }
  }

  void end() {
    cable.leaveDown(agent::closed);
  }

  private void perform(Turn<TcsServerMessage> turn) {
    turn.work().forEach(sessions::submit);
    for (TcsServerMessage message : turn.messages()) {
      String text = LinkCodec.TCS_SERVER.encode(message);
      cable.down(() -> agent.received(text));
    }
  }
}
