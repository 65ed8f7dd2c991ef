package dev.roadstead.server.node;

import dev.roadstead.link.acs.AcsAgentMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for one session: bounded, and one wake-up for many.
final class Inbox {
  /// Messages of an agent; a sender that is faster waits, and so its socket.
  static final int MESSAGES_MAX = 1024;

  /// Changed tasks; beyond, the session looks at all of its tasks.
  static final int CHANGED_MAX = 16_384;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Condition room = lock.newCondition();
  private ArrayDeque<AcsAgentMessage> messages = new ArrayDeque<>();
  private Set<String> changed = new LinkedHashSet<>();
  private boolean resync;
  private boolean tick;
  private boolean closed;
  private boolean ended;

  /// What came together.
  ///
  /// @param closed the socket is gone
  /// @param ended the session is not wanted any more
  record Batch(
      List<AcsAgentMessage> messages,
      Set<String> changed,
      boolean resync,
      boolean tick,
      boolean closed,
      boolean ended) {}

  /// Waits while there are too many.
  void message(AcsAgentMessage message) {
    lock.lock();
    try {
      while (messages.size() >= MESSAGES_MAX && !closed && !ended) {
        room.awaitUninterruptibly();
      }
      messages.add(message);
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  void changed(String taskKey) {
    lock.lock();
    try {
      if (resync) {
        return;
      }
      changed.add(taskKey);
      if (changed.size() > CHANGED_MAX) {
        changed = new LinkedHashSet<>();
        resync = true;
      }
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  void resync() {
    set(() -> resync = true);
  }

  void tick() {
    set(() -> tick = true);
  }

  void closed() {
    set(() -> closed = true);
  }

  void end() {
    set(() -> ended = true);
  }

  private void set(Runnable flag) {
    lock.lock();
    try {
      flag.run();
      something.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something, and takes all of it. `closed` and `ended` stay.
  Batch take(boolean knowsClosed) throws InterruptedException {
    lock.lock();
    try {
      while (messages.isEmpty()
          && changed.isEmpty()
          && !resync
          && !tick
          && !ended
          && (!closed || knowsClosed)) {
        something.await();
      }
      Batch batch = new Batch(new ArrayList<>(messages), changed, resync, tick, closed, ended);
      messages = new ArrayDeque<>();
      changed = new LinkedHashSet<>();
      resync = false;
      tick = false;
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
