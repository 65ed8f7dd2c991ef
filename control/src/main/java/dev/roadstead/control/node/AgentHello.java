package dev.roadstead.control.node;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import java.util.List;
import java.util.Map;

/// What an agent says of itself in the URL of a websocket.
///
/// @param instanceKey of the row
/// @param instanceArn as the agent says it
/// @param clusterArn of the row
/// @param sendCredentials whether the agent has lost the credentials of its tasks
/// @param closable whether the agent expects to be closed when it stops acknowledging heartbeats
public record AgentHello(
    String instanceKey,
    String instanceArn,
    String clusterArn,
    String agentVersion,
    String agentHash,
    String dockerVersion,
    boolean sendCredentials,
    boolean closable) {
  /// Longer texts are cut: they are only shown.
  private static final int VERSION_MAX = 255;

  private static final int CLOSABLE_PROTOCOL = 2;
  private static final String DOCKER_PREFIX = "DockerVersion: ";

  /// Reads the query of an upgrade. Refuses with the names that agents know: only a deregistered
  /// instance is `InactiveInstanceException`, on which agents give up for an hour.
  public static AgentHello read(State state, Scope scope, Map<String, List<String>> query) {
    String clusterText = first(query, "clusterArn", "cluster");
    String instanceText = first(query, "containerInstanceArn", "containerInstance");
    String clusterName = clusterOf(instanceText, Clusters.nameOf(clusterText, scope));
    Cluster cluster = Clusters.find(state, scope, clusterName);
    if (cluster == null) {
      throw refusal("InvalidClusterException", "Cluster not found.");
    }
    ContainerInstance row = ContainerInstances.find(state, scope, cluster.name(), instanceText);
    if (row == null) {
      throw refusal("InvalidInstanceException", "Container instance not found.");
    }
    if (row.status().equals(ContainerInstance.INACTIVE)) {
      throw refusal("InactiveInstanceException", "The container instance was deregistered.");
    }
    String docker = cut(first(query, "dockerVersion"));
    boolean bare = docker.isEmpty() || docker.startsWith(DOCKER_PREFIX);
    return new AgentHello(
        row.key(),
        instanceText,
        cluster.arn(),
        cut(first(query, "agentVersion")),
        cut(first(query, "agentHash")),
        bare || docker.equals("containerd") ? docker : DOCKER_PREFIX + docker,
        first(query, "sendCredentials").equalsIgnoreCase("true"),
        number(first(query, "protocolVersion")) >= CLOSABLE_PROTOCOL);
  }

  /// An ARN names its cluster; agents may be configured with any name of it.
  private static String clusterOf(String instance, String other) {
    Arn arn = Arn.parse(instance);
    int slash = arn == null ? -1 : arn.resourcePath().indexOf('/');
    return arn == null || slash < 0 ? other : arn.resourcePath().substring(0, slash);
  }

  private static String first(Map<String, List<String>> query, String... names) {
    for (String name : names) {
      List<String> values = query.get(name);
      if (values != null && !values.isEmpty()) {
        return values.getFirst();
      }
    }
    return "";
  }

  private static String cut(String text) {
    return text.length() <= VERSION_MAX ? text : text.substring(0, VERSION_MAX);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 1;
    }
  }

  private static Refusal refusal(String code, String message) {
    return AwsError.client(code, message).refusal();
  }
}
