package dev.roadstead.bench;

import dev.roadstead.server.host.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The options of a bench: `--name value`.
record Options(Map<String, String> values) {
  private static final List<String> KNOWN =
      List.of(
          "rounds",
          "idle-seconds",
          "docker-host",
          "connections",
          "agents",
          "warm-seconds",
          "seconds",
          "services",
          "tasks",
          "profile",
          "batch",
          "instances",
          "work");

  static Options of(List<String> words) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      if (!name.startsWith("--") || !KNOWN.contains(name.substring(2)) || i + 1 == words.size()) {
        throw new Missing("`" + name + "` is no option, or has no value. See --help.");
      }
      values.put(name.substring(2), words.get(i + 1));
    }
    return new Options(values);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  int number(String name, int otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException _) {
      throw new Missing("--" + name + " takes a whole number.");
    }
  }

  /// An empty directory for this run.
  Path work() throws IOException {
    String named = values.get("work");
    if (named == null) {
      return Files.createTempDirectory("roadstead-bench");
    }
    return Files.createDirectories(Path.of(named).toAbsolutePath());
  }
}
