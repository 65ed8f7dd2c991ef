package dev.roadstead.server.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is mounted on this machine, as this process sees it.
final class Mounts {
  private static final Path TABLE = Path.of("/proc/self/mounts");

  private Mounts() {}

  /// The mount points at or below a directory, in the order they were mounted; one that is mounted
  /// upon twice comes twice.
  static List<Path> below(Path directory) throws IOException {
    return below(Files.readString(TABLE), directory);
  }

  /// @param table the text of `/proc/self/mounts`. Source: fstab(5): the second field, with
  ///     white space and backslashes written as three octal digits
  static List<Path> below(String table, Path directory) {
    List<Path> found = new ArrayList<>();
    for (String line : table.lines().toList()) {
      String[] fields = line.split(" ", 3);
      if (fields.length == 3) {
        Path point = Path.of(unescape(fields[1]));
        if (point.startsWith(directory)) {
          found.add(point);
        }
      }
    }
    return found;
  }

  private static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
