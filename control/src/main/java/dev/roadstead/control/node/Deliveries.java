package dev.roadstead.control.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an agent has yet to be told of its tasks: a payload each, repeated until it is
/// acknowledged, and after that, ever more seldom, until a report shows that the agent acts on it.
/// As many entries as the instance has tasks that it has not caught up with.
final class Deliveries {
  /// Payloads sent and not acknowledged. Enough to keep an agent busy for a round trip.
  static final int WINDOW = 512;

  /// Agents save a task before they acknowledge; a busy disk takes seconds.
  static final Duration ACK_WAIT = Duration.ofSeconds(10);

  /// A report may wait for an image that is pulled: acknowledged payloads are repeated seldom.
  static final Duration REPORT_WAIT = Duration.ofSeconds(60);

  static final Duration WAIT_MAX = Duration.ofMinutes(10);

  private final SequencedMap<String, Delivery> waiting = new LinkedHashMap<>();
  private final Map<String, Delivery> byTask = new HashMap<>();
  private final Map<String, Delivery> byMessage = new HashMap<>();
  private final TreeSet<Delivery> due =
      new TreeSet<>(
          Comparator.comparing((Delivery one) -> one.due).thenComparing(one -> one.taskKey));
  private int inFlight;

  /// One task's.
  static final class Delivery {
    final String taskKey;
    final boolean stop;
    final String messageId;
    private Instant due = Instant.MAX;
    private boolean sent;
    private boolean acked;
    private int repeats;

    Delivery(String taskKey, boolean stop, String messageId) {
      this.taskKey = taskKey;
      this.stop = stop;
      this.messageId = messageId;
    }

    boolean acked() {
      return acked;
    }
  }

  @Nullable Delivery of(String taskKey) {
    return byTask.get(taskKey);
  }

  /// Adds one to those that wait to be sent, in place of what the task had.
  void add(Delivery one) {
    drop(one.taskKey);
    byTask.put(one.taskKey, one);
    byMessage.put(one.messageId, one);
    waiting.put(one.taskKey, one);
  }

  void drop(String taskKey) {
    Delivery one = byTask.remove(taskKey);
    if (one != null) {
      byMessage.remove(one.messageId);
      waiting.remove(taskKey);
      due.remove(one);
      if (one.sent && !one.acked) {
        inFlight--;
      }
    }
  }

  /// The next ones to send for the first time, as the window allows; they count as sent.
  List<Delivery> next(Instant now) {
    List<Delivery> next = new ArrayList<>();
    while (inFlight < WINDOW && !waiting.isEmpty()) {
      Delivery one = waiting.pollFirstEntry().getValue();
      one.sent = true;
      inFlight++;
      schedule(one, now, ACK_WAIT);
      next.add(one);
    }
    return next;
  }

  /// Those to send again, at most so many; the next time is later each time.
  List<Delivery> again(Instant now, int max) {
    List<Delivery> again = new ArrayList<>();
    while (again.size() < max && !due.isEmpty() && !due.first().due.isAfter(now)) {
      Delivery one = due.removeFirst();
      one.repeats++;
      schedule(one, now, one.acked ? REPORT_WAIT : ACK_WAIT);
      again.add(one);
    }
    return again;
  }

  /// Whether it was the acknowledgement of one of these.
  boolean acknowledge(String messageId, Instant now) {
    Delivery one = byMessage.get(messageId);
    if (one == null) {
      return false;
    }
    if (one.sent && !one.acked) {
      one.acked = true;
      one.repeats = 0;
      inFlight--;
      due.remove(one);
      schedule(one, now, REPORT_WAIT);
    }
    return true;
  }

  /// Whether everything was sent and acknowledged.
  boolean quiet() {
    return inFlight == 0 && waiting.isEmpty();
  }

  /// When one is to be sent again; null when none.
  @Nullable Instant nextDue() {
    return due.isEmpty() ? null : due.first().due;
  }

  int size() {
    return byTask.size();
  }

  private void schedule(Delivery one, Instant now, Duration wait) {
    Duration longer = wait.multipliedBy(1L << Math.min(one.repeats, 10));
    one.due = now.plus(longer.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : longer);
    due.add(one);
  }
}
