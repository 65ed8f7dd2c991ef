package dev.roadstead.control.node;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The task manifest of a session: sent once after the agent has connected and knows its tasks, and
/// again with a larger number while the agent does not acknowledge it.
///
/// An agent discards a manifest whose number is not above every number it has seen. Numbers start
/// at the position of the log, which is above those of earlier sessions; should it not be (the
/// log was restored from an old copy), every repeat takes a tenfold step up.
final class Manifest {
  /// An agent that never acknowledges some payload gets its manifest all the same.
  static final Duration WAIT_MAX = Duration.ofSeconds(30);

  static final Duration ACK_WAIT = Duration.ofSeconds(10);
  private static final int STEPS_MAX = 9;

  private final Instant openedAt;
  private long timeline;
  private int sent;
  private boolean acked;
  private @Nullable String messageId;
  private @Nullable Instant sentAt;

  Manifest(Instant openedAt) {
    this.openedAt = openedAt;
  }

  boolean due(boolean quiet, Instant now) {
    if (acked) {
      return false;
    }
    Instant last = sentAt;
    return last == null
        ? quiet || !now.isBefore(openedAt.plus(WAIT_MAX))
        : !now.isBefore(last.plus(patience()));
  }

  /// Counts one as sent and gives its number.
  long send(String id, long above, Instant now) {
    long step = 1;
    for (int i = 0; i < Math.min(sent, STEPS_MAX); i++) {
      step *= 10;
    }
    timeline = Math.max(timeline, above) + step;
    messageId = id;
    sentAt = now;
    sent++;
    return timeline;
  }

  /// Whether it was the acknowledgement of the last one sent.
  boolean acknowledge(String id) {
    if (!id.equals(messageId)) {
      return false;
    }
    acked = true;
    return true;
  }

  boolean isLast(@Nullable String id) {
    return id != null && id.equals(messageId);
  }

  /// When to look again; null when it is done.
  @Nullable Instant nextDue() {
    if (acked) {
      return null;
    }
    return sentAt == null ? openedAt.plus(WAIT_MAX) : sentAt.plus(patience());
  }

  private Duration patience() {
    return ACK_WAIT.multipliedBy(1L << Math.min(sent, 6));
  }
}
