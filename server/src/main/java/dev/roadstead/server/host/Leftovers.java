package dev.roadstead.server.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What private engines that have ended leave outside their data directories: directories under
/// `/run/roadstead` with sockets and mounts, their storage mounted upon itself, their bridge.
///
/// Only what is surely nobody's goes: a directory that names its owner, whose owner does not run,
/// and that no process of the machine names on its command line. The shim of a container that
/// still runs does, so an engine whose containers outlive it keeps everything.
///
/// @param root `/run/roadstead`
/// @param kept the directory of the engine that sweeps
record Leftovers(Path root, Path kept) {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /// An engine that is being started writes its owner's name first, and has a process by then.
  private static final Duration STARTING = Duration.ofMinutes(2);

  /// Removes them. Returns how many directories went.
  int sweep() throws IOException {
    int gone = 0;
    try (var directories = Files.newDirectoryStream(root)) {
      for (Path directory : directories) {
        PrivatePlaces places = directory.equals(kept) ? null : places(directory);
        if (places != null && isDead(places) && remove(places)) {
          gone++;
        }
      }
    }
    return gone;
  }

  private static boolean isDead(PrivatePlaces places) throws IOException {
    Instant written = Files.getLastModifiedTime(places.owner()).toInstant();
    if (written.isAfter(Instant.now().minus(STARTING))) {
      return false;
    }
    Long owner = Processes.read(DataDirectory.pidFile(places.data()));
    if (owner != null && Processes.runs(owner)) {
      return false;
    }
    String within = places.runtime() + "/";
    return Processes.commandLines().stream().noneMatch(line -> line.contains(within))
        && !EngineSocket.unix(places.socket()).answers();
  }

  /// Whose directory it is; null when it does not say, or says something that cannot be.
  private @Nullable PrivatePlaces places(Path directory) {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      String owner = Files.readString(directory.resolve(PrivatePlaces.OWNER)).strip();
      PrivatePlaces places = PrivatePlaces.of(Path.of(owner), root);
      return places.runtime().equals(directory) ? places : null;
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean remove(PrivatePlaces places) throws IOException {
    if (!unmount(places.runtime()) || !unmount(places.storage())) {
      return false;
    }
    if (Files.exists(Path.of("/sys/class/net", places.bridgeName()))) {
      Command.run(List.of("ip", "link", "delete", places.bridgeName()));
    }
    delete(places.runtime());
    LOG.info("removed what the ended engine of {} had left", places.data());
    return true;
  }

  /// Undoes every mount at or below a directory, the last first. False when one stays.
  private static boolean unmount(Path directory) throws IOException {
    for (Path mount : Mounts.below(directory).reversed()) {
      Command.run(List.of("umount", mount.toString()));
    }
    return Mounts.below(directory).isEmpty();
  }

  /// Symbolic links are removed, not followed.
  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, @Nullable IOException trouble)
              throws IOException {
            if (trouble != null) {
              throw trouble;
            }
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
