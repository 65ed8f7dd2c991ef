package dev.roadstead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/// `./roadstead up` as a process of its own, with a data directory and a private engine of its own.
/// Ended and cleaned up by `down --containers` when closed. Registered as an extension, it lives as
/// long as the test class.
final class Harness implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
  static final String IMAGE = "busybox:e2e";

  private static final Duration READY = Duration.ofMinutes(3);
  private static final Pattern ENDPOINT = Pattern.compile("(?m)^Roadstead is ready: (\\S+)$");

  private final Path data;
  private final Path log;
  private @Nullable Process process;
  private @Nullable URI endpoint;
  private @Nullable EcsClient client;

  private Harness(Path data) {
    this.data = data;
    this.log = data.resolveSibling(data.getFileName() + ".log");
  }

  static Harness start() {
    Harness harness = ofClass();
    harness.begin();
    return harness;
  }

  /// Not started yet: to be registered as an extension of a test class.
  static Harness ofClass() {
    try {
      return new Harness(Files.createTempDirectory("roadstead-e2e"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() {
    try {
      up();
      addImage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    begin();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /// Starts `up` and waits until it says that it is ready.
  void up() {
    try {
      Files.deleteIfExists(log);
      ProcessBuilder builder =
          new ProcessBuilder(script(), "up", "--port", "0", "--data", data.toString());
      builder.environment().remove("DOCKER_HOST");
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      Process started = builder.start();
      process = started;
      Shell.await("up is ready; it said: " + said(), READY, () -> ready() || !started.isAlive());
      if (!ready()) {
        throw new AssertionError("up ended: " + said());
      }
      Matcher matcher = ENDPOINT.matcher(said());
      matcher.find();
      endpoint = URI.create(matcher.group(1));
      client =
          EcsClient.builder()
              .endpointOverride(endpoint)
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ready() {
    return ENDPOINT.matcher(said()).find();
  }

  String said() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills the process as a crash would.
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  EcsClient ecs() {
    EcsClient known = client;
    if (known == null) {
      throw new AssertionError("up has not run");
    }
    return known;
  }

  /// Runs the AWS CLI; fails unless it ends well.
  String aws(String... words) {
    List<String> all = new ArrayList<>(List.of("aws", "--endpoint-url", String.valueOf(endpoint)));
    all.addAll(List.of("--region", "us-east-1", "--output", "text"));
    all.addAll(Arrays.asList(words));
    Shell.Result result =
        Shell.run(
            Map.of("AWS_ACCESS_KEY_ID", "t", "AWS_SECRET_ACCESS_KEY", "t", "AWS_PAGER", ""), all);
    if (result.code() != 0) {
      throw new AssertionError(all + ": " + result.out());
    }
    return result.out();
  }

  /// Runs the docker client against the private engine.
  String docker(String... words) {
    List<String> all = new ArrayList<>(List.of("docker", "-H", dockerHost()));
    all.addAll(Arrays.asList(words));
    return Shell.ok(all.toArray(String[]::new));
  }

  String dockerHost() {
    try {
      for (String line : Files.readAllLines(data.resolve("docker.properties"))) {
        if (line.startsWith("host=")) {
          return line.substring("host=".length()).replace("\\", "");
        }
      }
      throw new AssertionError("no engine is on record");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addImage() throws IOException {
    Path root = Files.createTempDirectory("roadstead-e2e-image");
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("tmp"));
    Path busybox = bin.resolve("busybox");
    Files.copy(Path.of("/bin/busybox"), busybox, StandardCopyOption.COPY_ATTRIBUTES);
    for (String name : List.of("sh", "sleep", "cat", "echo", "httpd", "true", "false", "test")) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
    Path tar = root.resolveSibling(root.getFileName() + ".tar");
    Shell.ok("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
    docker("import", tar.toString(), IMAGE);
    Shell.ok("rm", "-r", root.toString(), tar.toString());
  }

  static String script() {
    Path path = Path.of("").toAbsolutePath();
    while (path != null && !Files.exists(path.resolve("mvnw"))) {
      path = path.getParent();
    }
    if (path == null) {
      throw new AssertionError("the tests run inside the repository");
    }
    return path.resolve("roadstead").toString();
  }

  @Override
  public void close() {
    Shell.ok(script(), "down", "--containers", "--data", data.toString());
    kill();
    Shell.ok("rm", "-rf", data.toString());
  }
}
