package dev.roadstead.engine.watch;

import dev.roadstead.base.Invariant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The latest durable commits, in order, for those who follow the engine. Whoever falls behind is
/// told so and begins again from the state. Safe for many threads.
public final class Feed {
  /// Commits kept. Enough for a follower that pauses for some tenths of a second at full write
  /// rate; more would keep rows of the past alive until collecting them is dear.
  public static final int COMMITS_MAX = 8_192;

  /// Rows kept over all commits, so that large commits do not hold much memory.
  public static final int TOUCHES_MAX = 65_536;

  private final int commitsMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Commit> commits = new ArrayDeque<>();
  private int touches;
  private long last;
  private boolean closed;

  public Feed(long position, int commitsMax) {
    this.last = position;
    this.commitsMax = commitsMax;
  }

  /// What a follower gets.
  public sealed interface News {}

  /// The commits after the asked position, oldest first; empty when none came in time.
  public record Commits(List<Commit> commits) implements News {
    public Commits {
      commits = List.copyOf(commits);
    }
  }

  /// Commits after the asked position are no longer kept: read the state, follow from its position.
  public record TooOld(long last) implements News {}

  /// Adds commits that are durable. Called by the engine only.
  public void publish(List<Commit> more) {
    if (more.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (Commit commit : more) {
        Invariant.check(commit.position() == last + 1, "commits out of order");
        last = commit.position();
        commits.addLast(commit);
        touches += commit.touches().size();
      }
      while (commits.size() > commitsMax || touches > TOUCHES_MAX) {
        touches -= commits.removeFirst().touches().size();
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The position of the latest commit.
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets everything and begins again there: a state was put in place that was not followed.
  public void restart(long position) {
    lock.lock();
    try {
      commits.clear();
      touches = 0;
      last = position;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is a commit after that position, at most so long.
  public News await(long after, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long nanos = timeout.toNanos();
      while (after == last && !closed && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      return since(after);
    } finally {
      lock.unlock();
    }
  }

  /// Wakes everybody; nothing comes after.
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private News since(long after) {
    long first = last - commits.size() + 1;
    if (after > last || after < first - 1) {
      return new TooOld(last);
    }
    int count = (int) (last - after);
    if (count == commits.size()) {
      return new Commits(List.copyOf(commits));
    }
    List<Commit> news = new ArrayList<>(count);
    var newest = commits.descendingIterator();
    for (int i = 0; i < count; i++) {
      news.add(newest.next());
    }
    return new Commits(news.reversed());
  }
}
