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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an agent has yet to be told of its tasks: a payload each, several in one message, repeated
/// alone until it is acknowledged, and after that, ever more seldom, until a report shows that the
/// agent acts on it.
/// As many entries as the instance has tasks that it has not caught up with.
final class Deliveries {
  /// Payloads sent and not acknowledged. Enough to keep an agent busy for a round trip.
  static final int WINDOW = 512;

  /// Payloads in one message: ten of the largest task definitions (64 KiB) fit an agent's buffers.
  static final int PARCEL_MAX = 10;

  /// Agents save a task before they acknowledge; a busy disk takes seconds.
  static final Duration ACK_WAIT = Duration.ofSeconds(10);

  /// A report may wait for an image that is pulled: acknowledged payloads are repeated seldom.
  static final Duration REPORT_WAIT = Duration.ofSeconds(60);

  static final Duration WAIT_MAX = Duration.ofMinutes(10);

  private final SequencedMap<String, Delivery> waiting = new LinkedHashMap<>();
  private final Map<String, Delivery> byTask = new HashMap<>();
  private final Map<String, Parcel> byMessage = new HashMap<>();
  private final TreeSet<Delivery> due =
      new TreeSet<>(
          Comparator.comparing((Delivery one) -> one.due).thenComparing(one -> one.taskKey));
  private int inFlight;

  /// One task's.
  static final class Delivery {
    final String taskKey;
    final boolean stop;
    private @Nullable Parcel parcel;
    private Instant due = Instant.MAX;
    private boolean sent;
    private boolean acked;
    private int repeats;

    Delivery(String taskKey, boolean stop) {
      this.taskKey = taskKey;
      this.stop = stop;
    }

    boolean acked() {
      return acked;
    }
  }

  /// What goes in one message, and is acknowledged together.
  record Parcel(String messageId, List<Delivery> contents) {}

  @Nullable Delivery of(String taskKey) {
    return byTask.get(taskKey);
  }

  /// Adds one to those that wait to be sent, in place of what the task had.
  void add(Delivery one) {
    drop(one.taskKey);
    byTask.put(one.taskKey, one);
    waiting.put(one.taskKey, one);
  }

  void drop(String taskKey) {
    Delivery one = byTask.remove(taskKey);
    if (one != null) {
      unpack(one);
      waiting.remove(taskKey);
      due.remove(one);
      if (one.sent && !one.acked) {
        inFlight--;
      }
    }
  }

  /// The next ones to send for the first time, as the window allows; they count as sent.
  ///
  /// @param ids makes the messages' ids
  List<Parcel> next(Instant now, Supplier<String> ids) {
    List<Parcel> next = new ArrayList<>();
    while (inFlight < WINDOW && !waiting.isEmpty()) {
      Delivery one = waiting.pollFirstEntry().getValue();
      one.sent = true;
      inFlight++;
      schedule(one, now, ACK_WAIT);
      if (next.isEmpty() || next.getLast().contents().size() >= PARCEL_MAX) {
        next.add(open(ids.get()));
      }
      pack(one, next.getLast());
    }
    return next;
  }

  /// Those to send again, at most so many; the next time is later each time. Alone, so that one
  /// that the agent can't take holds no other up.
  List<Parcel> again(Instant now, int max, Supplier<String> ids) {
    List<Parcel> again = new ArrayList<>();
    while (again.size() < max && !due.isEmpty() && !due.first().due.isAfter(now)) {
      Delivery one = due.removeFirst();
      one.repeats++;
      schedule(one, now, one.acked ? REPORT_WAIT : ACK_WAIT);
      Parcel parcel = one.parcel;
      if (parcel == null || parcel.contents().size() > 1) {
        unpack(one);
        parcel = open(ids.get());
        pack(one, parcel);
      }
      again.add(parcel);
    }
    return again;
  }

  private Parcel open(String messageId) {
    Parcel parcel = new Parcel(messageId, new ArrayList<>());
    byMessage.put(messageId, parcel);
    return parcel;
  }

  private static void pack(Delivery one, Parcel parcel) {
    one.parcel = parcel;
    parcel.contents().add(one);
  }

  private void unpack(Delivery one) {
    Parcel parcel = one.parcel;
    if (parcel != null) {
      one.parcel = null;
      parcel.contents().remove(one);
      if (parcel.contents().isEmpty()) {
        byMessage.remove(parcel.messageId());
      }
    }
  }

  /// Whether it was the acknowledgement of some of these.
  boolean acknowledge(String messageId, Instant now) {
    Parcel parcel = byMessage.get(messageId);
    if (parcel == null) {
      return false;
    }
    for (Delivery one : parcel.contents()) {
      if (one.sent && !one.acked) {
        one.acked = true;
        one.repeats = 0;
        inFlight--;
        due.remove(one);
        schedule(one, now, REPORT_WAIT);
      }
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
