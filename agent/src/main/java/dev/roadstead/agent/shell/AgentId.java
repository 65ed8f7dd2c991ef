package dev.roadstead.agent.shell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which agent's data this is: made once, kept beside the agent's memory, and not a path, so that a
/// directory that is moved stays the same agent's. Containers carry it as a label: on an engine
/// that is shared, each agent leaves the others' alone.
///
/// @param text 32 hexadecimal digits
public record AgentId(String text) {
  /// The label of every container that an agent makes.
  public static final String LABEL = "dev.roadstead.agent";

  private static final String FILE = "agent.id";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public AgentId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("an agent's id has 32 hexadecimal digits");
    }
  }

  /// The id in an agent's data directory; null when no agent has used it.
  ///
  /// Throws IOException when the file is not as an agent writes it: another id in its place would
  /// give up this agent's containers.
  public static @Nullable AgentId read(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    try {
      return new AgentId(Files.readString(file).strip());
    } catch (NoSuchFileException _) {
      return null;
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /// The id in an agent's data directory, made when there is none. It is on the disk afterwards.
  static AgentId open(Path dataDir) throws IOException {
    AgentId known = read(dataDir);
    if (known != null) {
      return known;
    }
    var fresh = new AgentId(UUID.randomUUID().toString().replace("-", ""));
    Files.createDirectories(dataDir);
    Path next = dataDir.resolve(FILE + ".next");
    Files.deleteIfExists(next);
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(next, PosixFilePermissions.asFileAttribute(owner));
    Files.writeString(next, fresh.text() + "\n");
    sync(next, StandardOpenOption.WRITE);
    Files.move(next, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    sync(dataDir, StandardOpenOption.READ);
    return fresh;
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /// `dev.roadstead.agent=<id>`, as an engine's filters name a label with its value.
  public String filter() {
    return LABEL + "=" + text;
  }
}
