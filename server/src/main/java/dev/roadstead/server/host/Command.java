package dev.roadstead.server.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs programs of this machine. Words go to the program as they are; no shell reads them.
public final class Command {
  /// What a program said and how it ended.
  record Result(int code, String output) {}

  private Command() {}

  static Result run(List<String> words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }

  /// As {@link #run}; throws {@link Missing} with the program's words when it fails.
  public static void check(String... words) {
    Result result = run(List.of(words));
    if (result.code() != 0) {
      throw new Missing("`" + String.join(" ", words) + "` failed: " + result.output());
    }
  }

  /// What the program said, however it ended.
  public static String output(String... words) {
    return run(List.of(words)).output();
  }
}
