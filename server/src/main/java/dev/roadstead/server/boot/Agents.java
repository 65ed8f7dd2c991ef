package dev.roadstead.server.boot;

import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.shell.Agent;
import dev.roadstead.agent.shell.AgentConfig;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.host.DockerRecord;
import dev.roadstead.server.host.EngineSocket;
import dev.roadstead.server.host.Missing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts an agent in this process.
public final class Agents {
  private Agents() {}

  /// What an agent is started with.
  ///
  /// @param data the agent's memory is in its directory `agent`
  /// @param address where others reach this machine; null when unknown
  /// @param owned true when the engine is a private one
  public record Config(
      List<URI> servers,
      String cluster,
      Path data,
      EngineSocket engine,
      boolean owned,
      Map<String, String> attributes,
      @Nullable String address,
      Api api) {}

  /// Throws {@link Missing} when the engine does not answer as one should.
  public static Agent start(Config config) throws IOException {
    new DockerRecord(config.engine().host().toString(), config.owned(), config.cluster())
        .write(config.data());
    Agent agent =
        new Agent(
            new AgentConfig(
                config.servers(),
                config.cluster(),
                config.data().resolve("agent"),
                config.engine().host(),
                new AgentConfig.Credentials(
                    config.api().credentials().accessKeyId(),
                    config.api().credentials().secretAccessKey(),
                    null),
                config.api().region(),
                config.attributes(),
                config.address(),
                System.getenv()));
    try {
      agent.start();
    } catch (EngineTrouble e) {
      throw new Missing(
          "The Docker Engine at " + config.engine().host() + " does not serve: " + e.getMessage());
    }
    return agent;
  }
}
