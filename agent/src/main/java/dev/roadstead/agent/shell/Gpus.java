package dev.roadstead.agent.shell;

import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Task.Association;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// GPUs of NVIDIA: those of this machine, and those that a container was given. A container sees
/// the ones its variable names, and runs on NVIDIA's OCI runtime, which must be installed with the
/// engine. As Amazon's agent does it.
final class Gpus {
  static final String RUNTIME = "nvidia";
  static final String VISIBLE = "NVIDIA_VISIBLE_DEVICES";

  /// Where NVIDIA's driver lists its devices: a directory each, with a file `information`.
  static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

  private static final Logger LOG = LoggerFactory.getLogger(Gpus.class);
  private static final String ID = "GPU UUID:";

  private Gpus() {}

  /// The ids of the machine's GPUs, in the order of their bus addresses; none without the driver.
  static List<String> onHost(Path driver) {
    if (!Files.isDirectory(driver)) {
      return List.of();
    }
    try (Stream<Path> devices = Files.list(driver)) {
      return devices.sorted().map(Gpus::id).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      LOG.warn("the GPUs in {} cannot be listed: {}", driver, e.getMessage());
      return List.of();
    }
  }

  private static Optional<String> id(Path device) {
    try {
      for (String line : Files.readAllLines(device.resolve("information"))) {
        if (line.startsWith(ID)) {
          return Optional.of(line.substring(ID.length()).strip()).filter(id -> !id.isEmpty());
        }
      }
    } catch (IOException e) {
      LOG.warn("the GPU {} cannot be read: {}", device, e.getMessage());
    }
    return Optional.empty();
  }

  /// The ids of those that a container of the task was given.
  static List<String> of(Task task, String container) {
    return task.associations().stream()
        .filter(one -> Association.GPU.equals(one.type()) && one.containers().contains(container))
        .flatMap(one -> Stream.ofNullable(one.name()))
        .toList();
  }
}
