package dev.roadstead.server.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// Where a private engine keeps its things. What must last is under the data directory; what a
/// reboot must clear is under `/run`, whose short path also keeps sockets within the 107 bytes
/// that Linux gives their names.
///
/// @param data the data directory
/// @param name eight hexadecimal digits made from the data directory's path
/// @param storage images and containers
/// @param log the engine's own log
/// @param bridge the text `10.201.16.1/20`: the address of its bridge
/// @param runtime sockets and process ids
record PrivatePlaces(Path data, String name, Path storage, Path log, Path bridge, Path runtime) {
  static final Path RUN = Path.of("/run/roadstead");

  /// In {@link #runtime}, the file that holds the data directory's path.
  static final String OWNER = "owner";

  static PrivatePlaces of(Path data) {
    return of(data, RUN);
  }

  /// @param run in place of `/run/roadstead`
  static PrivatePlaces of(Path data, Path run) {
    Path path = data.toAbsolutePath().normalize();
    CRC32 hash = new CRC32();
    hash.update(path.toString().getBytes(StandardCharsets.UTF_8));
    String name = "%08x".formatted(hash.getValue());
    Path docker = path.resolve("docker");
    return new PrivatePlaces(
        path,
        name,
        docker.resolve("root"),
        docker.resolve("dockerd.log"),
        docker.resolve("bridge"),
        run.resolve(name));
  }

  String bridgeName() {
    return "rs" + name;
  }

  Path owner() {
    return runtime.resolve(OWNER);
  }

  Path socket() {
    return runtime.resolve("docker.sock");
  }

  Path pid() {
    return runtime.resolve("docker.pid");
  }

  Path containerdPid() {
    return runtime.resolve("exec/containerd/containerd.pid");
  }
}
