package dev.roadstead.server.demo;

import dev.roadstead.server.host.Command;
import dev.roadstead.server.host.EngineSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An image with a small web server, made without a registry: the JDK's own, linked to a runtime of
/// one module, and the libraries of this machine that it needs.
final class DemoImage {
  static final String NAME = "roadstead/demo:1";
  static final int PORT = 8080;

  private static final Duration IMPORT = Duration.ofMinutes(2);
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+)(?= \\(0x)");

  private DemoImage() {}

  /// Puts the image into the engine unless it is there.
  static void ensure(EngineSocket engine, Path scratch) throws IOException {
    Duration patience = Duration.ofSeconds(10);
    if (engine.request("GET", "/images/" + NAME + "/json", null, patience).good()) {
      return;
    }
    Path directory = Files.createTempDirectory(scratch, "demo");
    try {
      Path root = directory.resolve("root");
      build(root);
      Path tar = directory.resolve("image.tar");
      Command.check("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
      EngineSocket.Answer answer =
          engine.request("POST", "/images/create?fromSrc=-&repo=roadstead/demo&tag=1", tar, IMPORT);
      if (!answer.good()) {
        throw new IOException("the Docker Engine does not take the demo image: " + answer.body());
      }
    } finally {
      delete(directory);
    }
  }

  private static void build(Path root) throws IOException {
    Files.createDirectories(root.resolve("tmp"));
    Path runtime = root.resolve("java");
    Command.check(
        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
        "--add-modules=jdk.httpserver",
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output=" + runtime);
    for (String library : libraries(runtime)) {
      Path copy = root.resolve(library.substring(1));
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(library), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    Path page = Files.createDirectories(root.resolve("www")).resolve("index.html");
    try (var in = DemoImage.class.getResourceAsStream("/demo/index.html")) {
      if (in == null) {
        throw new IOException("the demo page is not in this build");
      }
      Files.copy(in, page);
    }
  }

  // The shared libraries outside the runtime that its programs and libraries name.
  private static Set<String> libraries(Path runtime) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.filter(DemoImage::isBinary).toList()) {
        Matcher named = LIBRARY.matcher(Command.output("ldd", file.toString()));
        while (named.find()) {
          if (!named.group(1).startsWith(runtime.toString())) {
            found.add(named.group(1));
          }
        }
      }
    }
    return found;
  }

  private static boolean isBinary(Path file) {
    return file.toString().endsWith(".so") || file.endsWith("bin/java");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
