package dev.roadstead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A switch, a server and some hosts, all in network namespaces. Closing takes everything away
/// again, also after a failure half-way.
final class Machines implements AutoCloseable {
  private static final String NET = "10.77.0.";
  private static final String SERVER_IP = NET + "254";
  private static final int PORT = 4566;
  private static final Duration BOOT = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(20);

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<Host, Process> agents = new LinkedHashMap<>();
  private final Map<Host, Process> engines = new LinkedHashMap<>();
  private final String prefix;
  private final Path directory;
  private final Path script;
  private Map<String, String> keys = Map.of();

  /// A machine with an engine and an agent.
  ///
  /// @param link the switch's end of its cable
  /// @param socket its engine's
  record Host(String name, String namespace, String link, String socket) {}

  Machines(Path directory) throws IOException {
    this.directory = directory;
    this.prefix = "rs" + Long.toString(ProcessHandle.current().pid() % 46656, 36);
    this.script = release();
    try {
      network();
      server();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// The built layout with the command beside it, as a release has it: it never builds.
  private static Path release() throws IOException {
    Path root = Path.of("..").toRealPath();
    Path home = root.resolve("server/target/roadstead");
    Path copy = home.resolve("roadstead");
    Files.copy(
        root.resolve("roadstead"),
        copy,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    return copy;
  }

  private void network() {
    namespace(prefix + "-sw");
    ip(prefix + "-sw", "link", "add", "br0", "type", "bridge");
    ip(prefix + "-sw", "link", "set", "br0", "up");
    attach(prefix + "-ctl", "c", SERVER_IP);
  }

  private void namespace(String name) {
    Shell.ok("ip", "netns", "add", name);
    undo.push(() -> Shell.run(Map.of(), List.of("ip", "netns", "del", name)));
    ip(name, "link", "set", "lo", "up");
  }

  /// A namespace with a cable to the switch.
  private String attach(String name, String tail, String address) {
    namespace(name);
    String link = prefix + "v" + tail;
    Shell.ok(
        "ip",
        "link",
        "add",
        link,
        "netns",
        prefix + "-sw",
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        name);
    ip(prefix + "-sw", "link", "set", link, "master", "br0");
    ip(prefix + "-sw", "link", "set", link, "up");
    ip(name, "addr", "add", address + "/24", "dev", "eth0");
    ip(name, "link", "set", "eth0", "up");
    return link;
  }

  private static void ip(String namespace, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
    command.addAll(List.of(arguments));
    Shell.ok(command.toArray(String[]::new));
  }

  private void server() {
    Path data = directory.resolve("server");
    Path log = directory.resolve("server.log");
    Process process =
        start(
            Map.of(),
            log,
            inside(
                prefix + "-ctl",
                script.toString(),
                "server",
                "--data",
                data.toString(),
                "--bind",
                SERVER_IP,
                "--port",
                Integer.toString(PORT)));
    undo.push(() -> end(process));
    Path credentials = data.resolve("credentials");
    Shell.await("the server's key", BOOT, () -> Files.exists(credentials));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    keys = environment;
    Shell.await(
        "the server answers",
        BOOT,
        () -> awsAttempt("ecs", "create-cluster", "--cluster-name", "default").code() == 0);
  }

  /// Starts a machine in that zone, with an engine and an agent of its own.
  Host host(int number, String zone) {
    String name = prefix + "-h" + number;
    String link = attach(name, "h" + number, NET + (10 + number));
    String socket = "/run/" + name + "/docker.sock";
    Host host = new Host(name, name, link, socket);
    engine(host, number);
    hosts.put(name, host);
    importImage(host);
    undo.push(() -> end(agents.get(host)));
    startAgent(host, number, zone);
    return host;
  }

  private void startAgent(Host host, int number, String zone) {
    agents.put(
        host,
        start(
            agentKeys(),
            directory.resolve("agent" + number + ".log"),
            inside(
                host.namespace(),
                script.toString(),
                "agent",
                "--server",
                url(),
                "--cluster",
                "default",
                "--data",
                directory.resolve("h" + number + "/agent").toString(),
                "--docker-host",
                "unix://" + host.socket(),
                "--address",
                NET + (10 + number),
                "--attribute",
                "ecs.availability-zone=" + zone)));
  }

  /// Kills the agent of a host as a crash would.
  void killAgent(Host host) {
    Process agent = agents.get(host);
    if (agent != null) {
      agent.destroyForcibly().onExit().join();
    }
  }

  /// Starts the agent of a host again, on what it had saved.
  void returnAgent(Host host, int number, String zone) {
    startAgent(host, number, zone);
  }

  /// Stops the engine of a host, as an upgrade does, and starts it again.
  void restartEngine(Host host, int number) {
    end(engines.get(host));
    startEngine(host, number);
  }

  /// The server's own account and key, as an agent's environment.
  private Map<String, String> agentKeys() {
    Map<String, String> environment = new LinkedHashMap<>(keys);
    try {
      Path file = Path.of(String.valueOf(keys.get("AWS_SHARED_CREDENTIALS_FILE")));
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("=", 2);
        if (parts.length == 2) {
          environment.put(parts[0].strip().toUpperCase(java.util.Locale.ROOT), parts[1].strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("AWS_REGION", "us-east-1");
    return environment;
  }

  private void engine(Host host, int number) {
    undo.push(
        () -> {
          for (String id : containers(host)) {
            Shell.run(Map.of(), List.of("docker", "-H", "unix://" + host.socket(), "rm", "-f", id));
          }
          end(engines.get(host));
        });
    startEngine(host, number);
  }

  private void startEngine(Host host, int number) {
    String run = "/run/" + host.name();
    engines.put(
        host,
        start(
            Map.of(),
            directory.resolve("dockerd" + number + ".log"),
            inside(
                host.namespace(),
                "dockerd",
                "--data-root",
                directory.resolve("h" + number + "/docker").toString(),
                "--exec-root",
                run + "/exec",
                "--host",
                "unix://" + host.socket(),
                "--pidfile",
                run + "/docker.pid",
                "--bip",
                "10.77." + (100 + number) + ".1/24",
                "--log-level",
                "warn")));
    Shell.await(
        "the engine of " + host.name(),
        BOOT,
        () ->
            Shell.run(Map.of(), List.of("docker", "-H", "unix://" + host.socket(), "version"))
                    .code()
                == 0);
  }

  /// Ids of the running containers of a host.
  List<String> containers(Host host) {
    String ids =
        Shell.run(
                Map.of(),
                List.of("docker", "-H", "unix://" + host.socket(), "ps", "-q", "--no-trunc"))
            .out()
            .strip();
    return ids.isEmpty() ? List.of() : List.of(ids.split("\\s+"));
  }

  private void importImage(Host host) {
    try {
      Path tree = Files.createDirectories(directory.resolve("image/bin"));
      Path busybox = tree.resolve("busybox");
      if (!Files.exists(busybox)) {
        Files.copy(Path.of("/bin/busybox"), busybox, StandardCopyOption.COPY_ATTRIBUTES);
        for (String applet : List.of("sh", "sleep")) {
          Files.createSymbolicLink(tree.resolve(applet), Path.of("busybox"));
        }
        Shell.ok(
            "tar",
            "-C",
            directory.resolve("image").toString(),
            "-cf",
            directory.resolve("image.tar").toString(),
            ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.ok(
        "docker",
        "-H",
        "unix://" + host.socket(),
        "import",
        directory.resolve("image.tar").toString(),
        "e2e/busybox:1");
  }

  /// Pulls a host's cable, or puts it back.
  void cable(Host host, boolean in) {
    ip(prefix + "-sw", "link", "set", host.link(), in ? "up" : "down");
  }

  /// The AWS CLI inside the server's namespace; its output as text.
  String aws(String... arguments) {
    Shell.Result result = awsAttempt(arguments);
    if (result.code() != 0) {
      throw new AssertionError("aws " + String.join(" ", arguments) + "\n" + result.out());
    }
    return result.out().strip();
  }

  private Shell.Result awsAttempt(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("/usr/bin/aws", "--endpoint-url", url(), "--output", "text"));
    command.addAll(List.of(arguments));
    return Shell.run(keys, List.of(inside(prefix + "-ctl", command.toArray(String[]::new))));
  }

  private static String[] inside(String namespace, String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
    all.addAll(List.of(command));
    return all.toArray(String[]::new);
  }

  private static String url() {
    return "http://" + SERVER_IP + ":" + PORT;
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (RuntimeException | AssertionError e) {
        System.err.println("cleaning up: " + e);
      }
    }
    for (Host host : hosts.values()) {
      delete(Path.of("/run/" + host.name()));
    }
  }

  private static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("cleaning up: " + e);
    }
  }

  /// Starts a command that goes on, its output in a file.
  private static Process start(Map<String, String> environment, Path log, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends a process and what it started below it.
  private static void end(@Nullable Process process) {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
