package dev.roadstead.server.host;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The Docker Engine that an agent uses.
///
/// @param engine where it answers
/// @param owned the engine to end on exit; null when it is not ours
public record DockerChoice(EngineSocket engine, @Nullable PrivateDocker owned)
    implements AutoCloseable {
  static final String USUAL = "unix:///var/run/docker.sock";

  /// The engine named on the command line, else by DOCKER_HOST, else the private one this data
  /// directory has had, else the machine's own, else a new private one. Throws {@link Missing} when
  /// none can serve.
  ///
  /// @param named the option `--docker-host`; null when not given
  public static DockerChoice choose(@Nullable String named, Path data) {
    String environment = System.getenv("DOCKER_HOST");
    if (named != null) {
      return answering(named, () -> "--docker-host " + named);
    }
    if (environment != null && !environment.isBlank()) {
      return answering(environment, () -> "DOCKER_HOST=" + environment);
    }
    if (PrivateDocker.known(data) && PrivateDocker.obstacle() == null) {
      return owned(data);
    }
    EngineSocket usual = EngineSocket.of(USUAL);
    if (usual.answers()) {
      return new DockerChoice(usual, null);
    }
    String obstacle = PrivateDocker.obstacle();
    if (obstacle != null) {
      throw new Missing("No Docker Engine answers at " + USUAL + ". " + obstacle);
    }
    return owned(data);
  }

  private static DockerChoice owned(Path data) {
    PrivateDocker docker = PrivateDocker.open(data);
    return new DockerChoice(docker.socket(), docker);
  }

  private static DockerChoice answering(String host, Supplier<String> source) {
    EngineSocket engine = EngineSocket.of(host);
    if (!engine.answers()) {
      throw new Missing(
          "No Docker Engine answers at "
              + host
              + " ("
              + source.get()
              + "). Start it, or leave the setting out and Roadstead looks for one.");
    }
    return new DockerChoice(engine, null);
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
