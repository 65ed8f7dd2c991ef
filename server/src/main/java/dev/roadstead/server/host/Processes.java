package dev.roadstead.server.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Processes of this machine, by id.
public final class Processes {
  private static final Duration POLL = Duration.ofMillis(10);

  private Processes() {}

  /// True when the process runs. A zombie (ended, but not yet collected by its parent) does not.
  /// Source: proc(5), the third field of `/proc/PID/stat`.
  public static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
      return !state.startsWith("Z") && !state.startsWith("X");
    } catch (IOException _) {
      return false;
    }
  }

  /// True when the process runs and its command line contains this text. Guards against a process
  /// id that was given to another process since it was written down.
  public static boolean runs(long pid, String commandLinePart) {
    if (!runs(pid)) {
      return false;
    }
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return line.replace('\0', ' ').contains(commandLinePart);
    } catch (IOException _) {
      return false;
    }
  }

  /// The command lines of all processes of this machine, their words separated by blanks.
  static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          lines.add(Files.readString(process.resolve("cmdline")).replace('\0', ' '));
        } catch (IOException _) {
          // It has ended since.
        }
      }
    }
    return lines;
  }

  /// The process id written in this file; null when there is no such file or it holds none.
  public static @Nullable Long read(Path file) {
    try {
      return Long.valueOf(Files.readString(file).strip());
    } catch (IOException | NumberFormatException _) {
      return null;
    }
  }

  /// Asks the process to end; kills it when it has not after this long. False when it was killed.
  public static boolean end(long pid, Duration patience) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    if (await(patience, () -> !runs(pid))) {
      return true;
    }
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    await(patience, () -> !runs(pid));
    return false;
  }

  /// Waits until the condition holds. False when it did not within this long.
  public static boolean await(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
