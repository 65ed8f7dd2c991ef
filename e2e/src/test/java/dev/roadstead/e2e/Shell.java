package dev.roadstead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Programs of this machine, and waiting.
final class Shell {
  private static final Duration RUN = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private Shell() {}

  /// What a program said and how it ended.
  record Result(int code, String out) {}

  static Result run(Map<String, String> environment, List<String> words) {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(RUN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " does not end: " + out);
      }
      return new Result(process.exitValue(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String ok(String... words) {
    Result result = run(Map.of(), List.of(words));
    if (result.code() != 0) {
      throw new AssertionError(List.of(words) + ": " + result.out());
    }
    return result.out();
  }

  static void await(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
