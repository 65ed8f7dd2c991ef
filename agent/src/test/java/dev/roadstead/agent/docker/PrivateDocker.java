package dev.roadstead.agent.docker;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A Docker Engine of the tests' own: own socket, data, bridge; no firewall rules. Needs root and
/// `dockerd`. Holds one image, `busybox:latest`, made of the host's static busybox.
public final class PrivateDocker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path dir;
  private final String bridge;
  private Process daemon;

  private PrivateDocker(Path dir, String bridge, Process daemon) {
    this.dir = dir;
    this.bridge = bridge;
    this.daemon = daemon;
  }

  /// A running engine.
  ///
  /// @param network second and third number of a 10.x.y.0/24 network nobody else uses
  public static PrivateDocker start(int network) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("rsd");
    String bridge = "rsagt" + network;
    run("ip", "link", "add", bridge, "type", "bridge");
    run("ip", "addr", "add", "10.99." + network + ".1/24", "dev", bridge);
    run("ip", "link", "set", bridge, "up");
    var docker = new PrivateDocker(dir, bridge, launch(dir, bridge));
    docker.await();
    docker.importBusybox();
    return docker;
  }

  private static Process launch(Path dir, String bridge) throws IOException {
    return new ProcessBuilder(
            "dockerd",
            "--data-root=" + dir.resolve("data"),
            "--exec-root=" + dir.resolve("exec"),
            "--host=unix://" + dir.resolve("docker.sock"),
            "--pidfile=" + dir.resolve("pid"),
            "--bridge=" + bridge,
            "--iptables=false",
            "--ip-forward=false",
            "--ip-masq=false")
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("log").toFile())
        .start();
  }

  public URI host() {
    return URI.create("unix://" + dir.resolve("docker.sock"));
  }

  /// What the command line client prints, without the last line break.
  public String docker(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker", "--host", host().toString()));
    command.addAll(List.of(args));
    return run(command.toArray(String[]::new));
  }

  /// Ends the engine, and with it its containers, and starts it again.
  public void restart() throws IOException, InterruptedException {
    end();
    daemon = launch(dir, bridge);
    await();
  }

  private void await() {
    until(
        "dockerd answers",
        () -> {
          try {
            docker("version");
            return true;
          } catch (IOException e) {
            return false;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void importBusybox() throws IOException, InterruptedException {
    Path bin = Files.createDirectories(dir.resolve("root/bin"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    for (String name : List.of("sh", "sleep", "cat", "wget", "env", "true", "dd", "tail")) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
    Path tar = dir.resolve("root.tar");
    run("tar", "-C", dir.resolve("root").toString(), "-cf", tar.toString(), ".");
    docker("import", tar.toString(), "busybox:latest");
  }

  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  /// Waits for a condition, with a bound.
  public static void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void end() throws InterruptedException {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      daemon.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove() throws IOException, InterruptedException {
    try {
      String all = docker("ps", "-aq");
      for (String id : all.lines().toList()) {
        docker("rm", "-f", id);
      }
    } finally {
      end();
      run("ip", "link", "del", bridge);
      run("rm", "-rf", dir.toString());
    }
  }
}
