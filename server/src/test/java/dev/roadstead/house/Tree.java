package dev.roadstead.house;

import dev.roadstead.base.Bug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The repository's own files, as the house checks see them.
final class Tree {
  private Tree() {}

  /// The repository's root: the nearest directory above that holds the Maven wrapper.
  static Path root() {
    Path path = Path.of("").toAbsolutePath();
    while (path != null && !Files.exists(path.resolve("mvnw"))) {
      path = path.getParent();
    }
    if (path == null) {
      throw new Bug("the house checks run inside the repository");
    }
    return path;
  }

  /// A source file.
  ///
  /// @param name from the root, for example `wire/src/main/java/…/Listener.java`
  record Source(String name, List<String> lines) {
    boolean isTest() {
      return name.contains("/src/test/");
    }

    String fileName() {
      return name.substring(name.lastIndexOf('/') + 1);
    }

    String folder() {
      return name.substring(0, name.lastIndexOf('/'));
    }
  }

  /// Every Java file that people wrote, sorted by name.
  static List<Source> javaSources() {
    Path root = root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(root::relativize)
          .filter(file -> file.toString().contains("src/"))
          .filter(file -> !file.toString().contains("target/"))
          .sorted()
          .map(file -> new Source(file.toString(), lines(root.resolve(file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
