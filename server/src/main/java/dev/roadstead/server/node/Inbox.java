package dev.roadstead.server.node;

import dev.roadstead.link.acs.AcsAgentMessage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for one session: bounded.
final class Inbox {
  /// Messages of an agent; a sender that is faster waits, and so its socket.
  static final int MESSAGES_MAX = 1024;

  /// Changed tasks; beyond, the session looks at all of its tasks.
  static final int CHANGED_MAX = 16_384;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<AcsAgentMessage> messages = new ArrayDeque<>();
  private Set<String> changed = new LinkedHashSet<>();
  private boolean resync;
  private boolean tick;
  private boolean closed;
  private boolean ended;
  private int news; // flags set since the last take

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
      boolean ended) {

    /// Whether there is nothing to do.
    ///
    /// @param knowsClosed that it is closed is no news
    boolean isEmpty(boolean knowsClosed) {
      return messages.isEmpty()
          && changed.isEmpty()
          && !resync
          && !tick
          && !ended
          && (!closed || knowsClosed);
    }
  }

  /// Waits while there are too many.
  void message(AcsAgentMessage message) {
    lock.lock();
    try {
      while (messages.size() >= MESSAGES_MAX && !closed && !ended) {
        room.awaitUninterruptibly();
      }
      messages.add(message);
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
      news++;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing came in since the last {@link #take}, except what stays.
  boolean isEmpty() {
    lock.lock();
    try {
      return messages.isEmpty() && changed.isEmpty() && !resync && !tick && news == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Takes all there is. `closed` and `ended` stay.
  Batch take() {
    lock.lock();
    try {
      List<AcsAgentMessage> said = List.copyOf(messages);
      messages.clear();
      Set<String> touched = changed;
      if (!touched.isEmpty()) {
        changed = new LinkedHashSet<>();
      }
      Batch batch =
          new Batch(
              said,
              touched.isEmpty() ? Set.of() : Collections.unmodifiableSet(touched),
              resync,
              tick,
              closed,
              ended);
      resync = false;
      tick = false;
      news = 0;
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }
}
