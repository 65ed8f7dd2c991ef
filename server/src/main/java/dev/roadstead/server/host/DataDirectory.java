package dev.roadstead.server.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A data directory that this process alone uses, until closed. Readable by its owner only.
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "roadstead.lock";
  private static final String PID = "roadstead.pid";

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Takes the directory, made when absent. Throws {@link Missing} when it cannot be written or
  /// another process has it.
  public static DataDirectory open(Path wanted) {
    Path path = wanted.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new Missing(
            ("Another Roadstead (process %s) already uses %s. Stop it with `./roadstead down"
                    + " --data %s`, or choose another --data.")
                .formatted(Processes.read(path.resolve(PID)), path, path));
      }
      Files.writeString(path.resolve(PID), ProcessHandle.current().pid() + "\n");
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new Missing("Cannot use the data directory " + path + ": " + e + ". Choose another.");
    }
  }

  public Path path() {
    return path;
  }

  /// The file that names the process using this directory.
  public static Path pidFile(Path directory) {
    return directory.toAbsolutePath().normalize().resolve(PID);
  }

  /// True when some process holds this directory.
  public static boolean taken(Path directory) {
    Path lock = directory.toAbsolutePath().normalize().resolve(LOCK);
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(PID));
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
