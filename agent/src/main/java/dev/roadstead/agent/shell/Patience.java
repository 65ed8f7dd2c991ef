package dev.roadstead.agent.shell;

import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.EngineTrouble.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls of the engine that are repeated while it is away: it is being restarted, or was killed.
/// Only for calls that may be made twice.
final class Patience {
  /// An engine that is restarted or upgraded is back by then; a host whose engine stays away
  /// longer should tell why its tasks do not start.
  static final Duration USUAL = Duration.ofMinutes(5);

  /// For what makes no sense without an engine.
  static final Duration ENDLESS = Duration.ofDays(3650);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  /// A call of the engine.
  interface Call<T extends @Nullable Object> {
    T run() throws EngineTrouble;
  }

  private Patience() {}

  /// @param most the time after which the engine is no longer waited for
  static <T extends @Nullable Object> T call(Duration most, Call<T> call)
      throws EngineTrouble, InterruptedException {
    var backoff = new Backoff(PAUSE, PAUSE_MAX, 1.5);
    long begun = System.nanoTime();
    while (true) {
      try {
        return call.run();
      } catch (EngineTrouble e) {
        if (e.kind() != Kind.UNREACHABLE) {
          throw e;
        }
        if (System.nanoTime() - begun > most.toNanos()) {
          throw new EngineTrouble(
              Kind.UNREACHABLE, e.getMessage() + " (for " + most.toSeconds() + " s)");
        }
      }
      backoff.pause();
    }
  }
}
