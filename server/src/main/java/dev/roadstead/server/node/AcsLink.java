package dev.roadstead.server.node;

import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.Turn;
import dev.roadstead.engine.loop.Ledger;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.MalformedMessage;
import dev.roadstead.wire.api.Sockets;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent's ACS socket. The session is stepped on the connection's thread; everybody else leaves
/// what there is in its inbox and wakes it.
final class AcsLink implements Sockets.Session {
  private static final Logger LOG = LoggerFactory.getLogger(AcsLink.class);

  /// Source: RFC 6455, section 7.4.1: an endpoint is going away.
  private static final int GOING_AWAY = 1001;

  /// Short beside the start of a container, long beside a decision.
  private static final Duration LINGER = Duration.ofMillis(5);

  private final AcsSession session;
  private final AgentSockets sockets;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Inbox inbox = new Inbox();

  /// Whether a step is under way to the connection's thread. True from the start: opening is one.
  private final AtomicBoolean woken = new AtomicBoolean(true);

  private volatile long spokeAt = System.nanoTime() - LINGER.toNanos();
  private volatile Instant nextTick = Instant.MAX;
  private volatile Sockets.@Nullable Peer peer;
  private boolean open = true;
  private boolean over;

  AcsLink(AcsSession session, AgentSockets sockets, Ledger ledger, InstantSource clock) {
    this.session = session;
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
    guarded(
        () -> {
          perform(session.open(ledger.state()));
          step();
        });
  }

  @Override
  public void received(String text) {
    AcsAgentMessage message;
    try {
      message = LinkCodec.ACS_AGENT.decode(text);
    } catch (MalformedMessage e) {
      LOG.warn("{} sent what is no message: {}", instanceKey(), e.getMessage());
      return;
    }
    guarded(
        () -> {
          if (open && !over) {
            perform(session.received(ledger.state(), message, clock.instant()));
            stepped();
          }
        });
  }

  @Override
  public void ready() {
    guarded(this::step);
  }

  @Override
  public void closed(int code, String reason) {
    guarded(
        () -> {
          shut(code == Turn.Closing.ORDERLY || code == GOING_AWAY);
          step();
        });
  }

  /// The task's row changed. An agent that was told of tasks a moment ago hears of more with the
  /// next ones: in a burst, a message for each task costs the machine more than the tasks.
  void changed(String taskKey) {
    inbox.changed(taskKey);
    long sooner = LINGER.toNanos() - (System.nanoTime() - spokeAt);
    Sockets.Peer to = peer;
    if (sooner <= 0) {
      wake();
    } else if (to != null && !woken.getAndSet(true)) {
      to.executeAfter(Duration.ofNanos(sooner), () -> guarded(this::step));
    }
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
    Sockets.Peer to = peer;
    if (to != null && !woken.getAndSet(true)) {
      to.execute(() -> guarded(this::step));
    }
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

  /// Takes what is in the inbox, when the peer can take what comes of it.
  private void step() {
    woken.set(false);
    Sockets.Peer to = peer;
    if (over || (open && to != null && !to.isReady())) {
      return;
    }
    Inbox.Batch batch = inbox.take();
    if (batch.ended()) {
      over();
      return;
    }
    if (open && batch.resync()) {
      perform(session.resync(ledger.state(), clock.instant()));
    } else if (open && !batch.changed().isEmpty()) {
      perform(session.changed(ledger.state(), batch.changed(), clock.instant()));
      spokeAt = System.nanoTime();
    }
    if (batch.tick()) {
      perform(session.tick(ledger.state(), clock.instant()));
    }
    stepped();
  }

  private void stepped() {
    if (session.finished()) {
      over();
    } else {
      nextTick = session.nextTick();
    }
  }

  private void over() {
    over = true;
    sockets.remove(this);
  }

  private void shut(boolean orderly) {
    if (open) {
      open = false;
      session.closed(clock.instant(), orderly);
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
    } catch (UncheckedIOException e) {
      LOG.debug("{} can't be reached: {}", instanceKey(), e.getMessage());
      shut(false);
      disconnect(Turn.Closing.ORDERLY, "can't be reached");
    }
    Turn.Closing closing = turn.closing();
    if (closing != null) {
      shut(true);
      disconnect(closing.code(), closing.reason());
    }
  }

  private void disconnect(int code, String reason) {
    Sockets.Peer from = peer;
    if (from != null) {
      from.close(code, reason);
    }
  }
}
