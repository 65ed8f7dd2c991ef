package dev.roadstead.server.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Docker Engine of Roadstead's own, beside others on the same machine: own storage, own socket,
/// own bridge and subnet.
///
/// It runs in a session of its own, so neither Ctrl-C nor `kill -9` of Roadstead ends it; the next
/// start finds it again. Its containers outlive it (`--live-restore`): only their ports on the
/// loopback address rest until it is back. See docs/adr/0003-private-engine.md.
public final class PrivateDocker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateDocker.class);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration RELEASE = Duration.ofSeconds(10);
  private static final Duration WATCH = Duration.ofMillis(200);

  /// The engine's log is set aside at a start when it has grown over this: two such files at most.
  private static final long LOG_BYTES_MAX = 10 << 20;

  /// Mounts undone at most: one for each start since the machine's.
  private static final int MOUNTS_MAX = 10_000;

  private final PrivatePlaces places;
  private final Thread watcher;
  private volatile boolean closed;

  private PrivateDocker(PrivatePlaces places) {
    this.places = places;
    this.watcher = Thread.ofVirtual().name("private-docker").unstarted(this::watch);
  }

  /// True when this data directory has had a private engine.
  public static boolean known(Path data) {
    return Files.isDirectory(PrivatePlaces.of(data).storage());
  }

  /// Null when a private engine can be run here, else the sentence that says what is missing.
  public static @Nullable String obstacle() {
    if (find("dockerd") == null) {
      return "Install Docker (on Debian and Ubuntu: `apt-get install docker.io`).";
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return "Start Docker (`sudo systemctl start docker`) and be allowed to use it, or run this as"
          + " root: Roadstead then starts an engine of its own.";
    }
    if (find("ip") == null) {
      return "Install the `ip` command (on Debian and Ubuntu: `apt-get install iproute2`).";
    }
    if (find("iptables") == null) {
      return "Install iptables (on Debian and Ubuntu: `apt-get install iptables`).";
    }
    return null;
  }

  /// Finds the engine of this data directory running, or starts it, and keeps it running until
  /// closed. Throws {@link Missing} when it does not start.
  public static PrivateDocker open(Path data) {
    PrivateDocker docker = new PrivateDocker(PrivatePlaces.of(data));
    docker.ensure();
    docker.watcher.start();
    return docker;
  }

  public EngineSocket socket() {
    return EngineSocket.unix(places.socket());
  }

  /// Ends the engine. Its containers keep running.
  @Override
  public void close() {
    closed = true;
    watcher.interrupt();
    end(places);
  }

  /// Ends the engine of this data directory, when it runs. Its containers keep running.
  public static void end(Path data) {
    end(PrivatePlaces.of(data));
  }

  /// Removes the bridge and the mount that the engine leaves, so that the directory can go. For
  /// an engine that has ended and has no containers.
  public static void clear(Path data) {
    PrivatePlaces places = PrivatePlaces.of(data);
    if (!Processes.await(RELEASE, () -> unmount(places.storage()))) {
      LOG.warn("{} is still mounted upon itself: something uses it", places.storage());
    }
    Command.run(List.of("ip", "link", "delete", places.bridgeName()));
  }

  /// With --live-restore every run of the engine leaves its storage mounted upon itself once more.
  /// Whether none of these is left: what the engine ran may hold one for a moment longer.
  private static boolean unmount(Path storage) {
    List<String> unmount = List.of("umount", storage.toString());
    for (int i = 0; i < MOUNTS_MAX && Command.run(unmount).code() == 0; i++) {}
    try {
      return !Mounts.below(storage).contains(storage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(PrivatePlaces places) {
    Long pid = Processes.read(places.pid());
    if (pid != null && Processes.runs(pid, places.socket().toString())) {
      if (!Processes.end(pid, STOP)) {
        LOG.warn("the private Docker Engine did not stop in {}; killed", STOP);
      }
    }
  }

  private void watch() {
    sweep();
    while (!closed) {
      try {
        Thread.sleep(WATCH);
        if (!runs() && !closed) {
          LOG.warn("the private Docker Engine is gone; starting it again");
          ensure();
        }
      } catch (InterruptedException _) {
        return;
      } catch (Missing | UncheckedIOException e) {
        LOG.warn("the private Docker Engine does not start: {}", e.getMessage());
      }
    }
  }

  // After the start, which must not wait for it.
  private void sweep() {
    try {
      new Leftovers(PrivatePlaces.RUN, places.runtime()).sweep();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("what ended engines left under {} stays: {}", PrivatePlaces.RUN, e.toString());
    }
  }

  private boolean runs() {
    Long pid = Processes.read(places.pid());
    return pid != null && Processes.runs(pid, places.socket().toString());
  }

  private void ensure() {
    try {
      if (runs()) {
        if (Processes.await(START, () -> !runs() || socket().answers()) && runs()) {
          return;
        }
        end(places);
      }
      prepare();
      start();
    } catch (IOException e) {
      throw new Missing("The private Docker Engine cannot start: " + e);
    }
  }

  private void prepare() throws IOException {
    Files.createDirectories(places.storage());
    Files.createDirectories(places.runtime());
    Files.writeString(places.owner(), places.data() + "\n");
    // A killed engine leaves these, and a new one would wait for the dead.
    forget(places.pid());
    forget(places.containerdPid());
    if (Files.exists(places.log()) && Files.size(places.log()) > LOG_BYTES_MAX) {
      Path old = places.log().resolveSibling("dockerd.log.1");
      Files.move(places.log(), old, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(Path.of("/sys/class/net", places.bridgeName()))) {
      addBridge();
    }
  }

  private static void forget(Path pidFile) throws IOException {
    Long pid = Processes.read(pidFile);
    boolean alive =
        pid != null && (Processes.runs(pid, "dockerd") || Processes.runs(pid, "containerd"));
    if (!alive) {
      Files.deleteIfExists(pidFile);
    }
  }

  private void addBridge() throws IOException {
    String routes = Files.readString(Path.of("/proc/net/route"));
    String address = Subnets.free(routes, places.name().hashCode());
    if (address == null) {
      throw new Missing("Every subnet of 10.192.0.0/10 is in use; give --docker-host instead.");
    }
    Files.writeString(places.bridge(), address + "\n");
    Command.check("ip", "link", "add", "name", places.bridgeName(), "type", "bridge");
    Command.check("ip", "address", "add", address, "dev", places.bridgeName());
    Command.check("ip", "link", "set", places.bridgeName(), "up");
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid",
            "dockerd",
            "--host=unix://" + places.socket(),
            "--data-root=" + places.storage(),
            "--exec-root=" + places.runtime().resolve("exec"),
            "--pidfile=" + places.pid(),
            "--bridge=" + places.bridgeName(),
            "--live-restore",
            "--log-level=warn");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(places.log().toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // The engine must not inherit a configuration meant for clients.
    builder.environment().remove("DOCKER_HOST");
    Process process = builder.start();
    boolean answered =
        Processes.await(START, () -> !process.isAlive() || socket().answers()) && process.isAlive();
    if (!answered) {
      process.destroy();
      throw new Missing(
          "The private Docker Engine does not start; its last words in "
              + places.log()
              + " are: "
              + lastLine());
    }
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(places.log());
    return lines.isEmpty() ? "none" : lines.getLast();
  }

  private static @Nullable Path find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    for (String directory : path.split(":", -1)) {
      Path file = Path.of(directory.isEmpty() ? "." : directory, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }
}
