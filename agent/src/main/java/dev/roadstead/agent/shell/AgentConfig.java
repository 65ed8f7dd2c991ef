package dev.roadstead.agent.shell;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an agent is set up.
///
/// @param servers control-plane URLs, tried in turn; `http` or `https`
/// @param cluster name or ARN, sent verbatim
/// @param dataDir holds the agent's memory; made when absent
/// @param dockerHost `unix:///…` or `tcp://host:port`
/// @param attributes custom attributes, sent at first registration
/// @param advertisedAddress where others reach this machine; null when unknown
/// @param environment settings under the names of Amazon's agent, `ECS_…`; see Settings
@RecordBuilder
public record AgentConfig(
    List<URI> servers,
    String cluster,
    Path dataDir,
    URI dockerHost,
    Credentials credentials,
    String region,
    Map<String, String> attributes,
    @Nullable String advertisedAddress,
    Map<String, String> environment) {
  /// What the agent signs with.
  ///
  /// @param sessionToken only with temporary keys
  public record Credentials(
      String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    /// Hides the keys.
    @Override
    public String toString() {
      return "Credentials[***]";
    }
  }

  public AgentConfig {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("an agent needs the URL of a control plane");
    }
    servers = List.copyOf(servers);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    environment = environment == null ? Map.of() : Map.copyOf(environment);
  }
}
