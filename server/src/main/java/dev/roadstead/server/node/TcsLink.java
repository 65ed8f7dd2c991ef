package dev.roadstead.server.node;

import dev.roadstead.control.node.TcsSession;
import dev.roadstead.control.node.Turn;
import dev.roadstead.engine.loop.Ledger;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.MalformedMessage;
import dev.roadstead.link.tcs.PublishMetricsRequest;
import dev.roadstead.link.tcs.TcsAgentMessage;
import dev.roadstead.link.tcs.TcsServerMessage;
import dev.roadstead.wire.api.Sockets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent's TCS socket. The session is stepped on the connection's thread.
final class TcsLink implements Sockets.Session {
  private static final Logger LOG = LoggerFactory.getLogger(TcsLink.class);

  private final TcsSession session;
  private final AgentSockets sockets;
  private final Ledger ledger;
  private final InstantSource clock;
  private volatile Instant nextTick;
  private volatile Sockets.@Nullable Peer peer;

  TcsLink(TcsSession session, AgentSockets sockets, Ledger ledger, InstantSource clock) {
    this.session = session;
    this.sockets = sockets;
    this.ledger = ledger;
    this.clock = clock;
    this.nextTick = session.nextTick();
  }

  @Override
  public void opened(Sockets.Peer to) {
    peer = to;
    sockets.add(this);
  }

  @Override
  public void received(String text) {
    TcsAgentMessage message;
    try {
      message = LinkCodec.TCS_AGENT.decode(text);
    } catch (MalformedMessage e) {
      LOG.warn("{} sent what is no message: {}", session.hello().instanceKey(), e.getMessage());
      return;
    }
    if (message instanceof PublishMetricsRequest metrics) {
      sockets.use().add(metrics, clock.instant());
    }
    perform(session.received(ledger.state(), message));
  }

  @Override
  public void closed(int code, String reason) {
    sockets.remove(this);
  }

  /// Wakes the session when it wants to be.
  void time(Instant now) {
    if (!now.isBefore(nextTick)) {
      Sockets.Peer to = peer;
      if (to != null) {
        nextTick = Instant.MAX;
        to.execute(this::tick);
      }
    }
  }

  void end(String why) {
    Sockets.Peer to = peer;
    if (to != null) {
      to.close(Turn.Closing.ORDERLY, why);
    }
  }

  private void tick() {
    perform(session.tick(clock.instant()));
    nextTick = session.nextTick();
  }

  private void perform(Turn<TcsServerMessage> turn) {
    turn.work().forEach(sockets::submit);
    Sockets.Peer to = peer;
    if (to == null) {
      return;
    }
    try {
      for (TcsServerMessage message : turn.messages()) {
        to.send(LinkCodec.TCS_SERVER.encode(message));
      }
    } catch (RuntimeException e) {
      LOG.debug("{} can't be reached: {}", session.hello().instanceKey(), e.getMessage());
      to.close(Turn.Closing.ORDERLY, "can't be reached");
    }
  }
}
