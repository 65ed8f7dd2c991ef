package dev.roadstead.server.node;

import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.Turn;
import dev.roadstead.engine.loop.Ledger;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.MalformedMessage;
import dev.roadstead.wire.api.Sockets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent's ACS socket. Everybody leaves what there is in its inbox; then one of them, or a
/// virtual thread, empties it: steps the session and sends. Never two at once.
final class AcsLink implements Sockets.Session {
  private static final Logger LOG = LoggerFactory.getLogger(AcsLink.class);

  /// Source: RFC 6455, section 7.4.1: an endpoint is going away.
  private static final int GOING_AWAY = 1001;

  private final AcsSession session;
  private final String threadName;
  private final AgentSockets sockets;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Inbox inbox = new Inbox();

  /// True while somebody empties the inbox; before it is open and after it is over, nobody may.
  private final AtomicBoolean busy = new AtomicBoolean(true);

  private volatile Instant nextTick = Instant.MAX;
  private volatile Sockets.@Nullable Peer peer;
  private volatile boolean lost;
  private boolean open = true; // of whoever is busy

  AcsLink(AcsSession session, AgentSockets sockets, Ledger ledger, InstantSource clock) {
    this.session = session;
    this.threadName = "acs-" + session.hello().instanceArn();
    this.sockets = sockets;
    this.ledger = ledger;
    this.clock = clock;
  }

  String instanceKey() {
    return session.hello().instanceKey();
  }

  @Override
  public void opened(Sockets.Peer to) {
    peer = to;
    sockets.add(this);
    onVirtual(
        () -> {
          perform(session.open(ledger.state()));
          empty();
        });
  }

  @Override
  public void received(String text) {
    try {
      inbox.message(LinkCodec.ACS_AGENT.decode(text));
    } catch (MalformedMessage e) {
      LOG.warn("{} sent what is no message: {}", instanceKey(), e.getMessage());
      return;
    }
    if (!busy.getAndSet(true)) {
      guarded(this::empty);
    }
  }

  @Override
  public void closed(int code, String reason) {
    lost = code != Turn.Closing.ORDERLY && code != GOING_AWAY;
    inbox.closed();
    wake();
  }

  /// The task's row changed.
  void changed(String taskKey) {
    inbox.changed(taskKey);
    wake();
  }

  /// The task's row changed so that nothing is to be said of it any more: the session hears of that
  /// when it is up anyway, before it says anything again.
  void settled(String taskKey) {
    inbox.changed(taskKey);
  }

  /// Nobody knows what changed.
  void resync() {
    inbox.resync();
    wake();
  }

  /// The instance's row changed.
  void look() {
    inbox.tick();
    wake();
  }

  /// Wakes the session when it wants to be.
  void time(Instant now) {
    if (!now.isBefore(nextTick)) {
      nextTick = Instant.MAX;
      inbox.tick();
      wake();
    }
  }

  /// A newer connection of the same agent is there, or the server stops.
  void end(String why) {
    inbox.end();
    disconnect(Turn.Closing.ORDERLY, why);
    wake();
  }

  private void wake() {
    if (!busy.getAndSet(true)) {
      onVirtual(this::empty);
    }
  }

  private void onVirtual(Runnable work) {
    Thread.ofVirtual().name(threadName).start(() -> guarded(work));
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("the session of {} has failed", instanceKey(), e);
      disconnect(Turn.Closing.ORDERLY, "internal error");
      over();
    }
  }

  /// Empties the inbox. What comes in while this one leaves is taken by it or by who left it there.
  private void empty() {
    while (true) {
      Inbox.Batch batch = inbox.take();
      if (batch.ended()) {
        over();
        return;
      }
      if (batch.isEmpty(!open)) {
        nextTick = session.nextTick();
        busy.set(false);
        if (inbox.isEmpty() || busy.getAndSet(true)) {
          return;
        }
        continue;
      }
      step(batch);
      if (session.finished()) {
        over();
        return;
      }
    }
  }

  /// Stays busy for good: nobody steps it again.
  private void over() {
    inbox.end();
    sockets.remove(this);
  }

  private void step(Inbox.Batch batch) {
    if (batch.closed() && open) {
      open = false;
      session.closed(clock.instant(), !lost);
    }
    if (open) {
      for (var message : batch.messages()) {
        perform(session.received(ledger.state(), message, clock.instant()));
      }
      if (batch.resync()) {
        perform(session.resync(ledger.state(), clock.instant()));
      } else if (!batch.changed().isEmpty()) {
        perform(session.changed(ledger.state(), batch.changed(), clock.instant()));
      }
    }
    if (batch.tick()) {
      perform(session.tick(ledger.state(), clock.instant()));
    }
  }

  private void perform(Turn<AcsServerMessage> turn) {
    turn.work().forEach(sockets::submit);
    Sockets.Peer to = peer;
    if (to == null || !open) {
      return;
    }
    try {
      for (AcsServerMessage message : turn.messages()) {
        to.send(LinkCodec.ACS_SERVER.encode(message));
      }
    } catch (RuntimeException e) {
      LOG.debug("{} can't be reached: {}", instanceKey(), e.getMessage());
      disconnect(Turn.Closing.ORDERLY, "can't be reached");
      inbox.closed();
    }
    Turn.Closing closing = turn.closing();
    if (closing != null) {
      disconnect(closing.code(), closing.reason());
      inbox.closed();
    }
  }

  private void disconnect(int code, String reason) {
    Sockets.Peer from = peer;
    if (from != null) {
      from.close(code, reason);
    }
  }
}
