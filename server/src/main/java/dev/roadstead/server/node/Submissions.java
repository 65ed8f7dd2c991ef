package dev.roadstead.server.node;

import dev.roadstead.engine.loop.Ledger;
import dev.roadstead.engine.loop.NotWritable;
import dev.roadstead.engine.loop.Overloaded;
import dev.roadstead.engine.loop.Work;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the sessions' work to the engine, and again later when the engine takes nothing now. Work
/// of sessions looks at the rows anew, so late is good enough.
final class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

  /// A few for every agent of the largest cluster. What is beyond is lost; it is said again when
  /// the agent connects again.
  static final int WAITING_MAX = 50_000;

  private final Ledger ledger;
  private final Queue<Work<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Submissions(Ledger ledger) {
    this.ledger = ledger;
  }

  void submit(Work<?> work) {
    try {
      var _ =
          ledger
              .submit(work)
              .whenComplete(
                  (_, failure) -> {
                    if (failure instanceof NotWritable) {
                      later(work);
                    } else if (failure != null) {
                      LOG.warn("work of an agent's session was refused", failure);
                    }
                  });
    } catch (Overloaded | NotWritable _) {
      later(work);
    }
  }

  /// Tries again what had to wait.
  void again() {
    for (int left = count.get(); left > 0; left--) {
      Work<?> work = waiting.poll();
      if (work == null) {
        return;
      }
      count.decrementAndGet();
      submit(work);
    }
  }

  private void later(Work<?> work) {
    if (count.incrementAndGet() > WAITING_MAX) {
      count.decrementAndGet();
      LOG.warn("work of an agent's session is dropped: {} wait already", WAITING_MAX);
      return;
    }
    waiting.add(work);
  }
}
