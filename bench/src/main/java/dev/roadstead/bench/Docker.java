package dev.roadstead.bench;

import dev.roadstead.server.host.EngineSocket;
import dev.roadstead.server.host.Missing;
import dev.roadstead.server.host.PrivateDocker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Docker Engine of a bench, driven through the `docker` command as a user drives it.
///
/// @param owned the engine to end afterwards; null when it is not ours
record Docker(String host, @Nullable PrivateDocker owned, Path work) implements AutoCloseable {
  static final String IMAGE = "roadstead-bench/busybox:1";

  /// Ends at once when asked to, which a bare `sleep` as first process would not.
  static final String SCRIPT = "trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done";

  static Docker open(Options options, Path work) throws IOException {
    String named = options.text("docker-host");
    Docker docker;
    if (named == null) {
      String obstacle = PrivateDocker.obstacle();
      if (obstacle != null) {
        throw new Missing(obstacle);
      }
      PrivateDocker owned = PrivateDocker.open(work.resolve("engine"));
      docker = new Docker(owned.socket().host().toString(), owned, work);
    } else {
      docker = new Docker(EngineSocket.of(named).host().toString(), null, work);
    }
    docker.load();
    return docker;
  }

  /// Makes the image from the machine's own static busybox.
  private void load() throws IOException {
    Path busybox = Path.of("/bin/busybox");
    if (!Files.isExecutable(busybox)) {
      throw new Missing("Install busybox (Debian and Ubuntu: `apt-get install busybox-static`).");
    }
    Path tar = work.resolve("busybox.tar");
    run(List.of("tar", "-C", "/", "-chf", tar.toString(), "bin/busybox"));
    docker("import", "--change", "ENV PATH=/bin", tar.toString(), IMAGE);
  }

  /// Starts the container that {@link LaunchBench} starts by RunTask. Returns its id.
  String runDetached() throws IOException {
    return docker("run", "-d", "-m", "16m", IMAGE, "/bin/busybox", "sh", "-c", SCRIPT);
  }

  void remove(String id) throws IOException {
    docker("rm", "-f", id);
  }

  private String docker(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker", "-H", host));
    command.addAll(List.of(words));
    return run(command);
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    return output;
  }

  /// Removes what is left of our containers, then ends an engine of our own.
  @Override
  public void close() throws IOException {
    String ids = docker("ps", "-aq", "--filter", "ancestor=" + IMAGE);
    for (String id : ids.lines().toList()) {
      remove(id);
    }
    if (owned != null) {
      owned.close();
      PrivateDocker.clear(work.resolve("engine"));
    }
  }
}
