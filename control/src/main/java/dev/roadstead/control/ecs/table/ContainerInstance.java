package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container instance: a machine with an agent.
///
/// @param id 32 hexadecimal digits
/// @param ec2InstanceId `i-…` or `mi-…`; empty when the agent named none
/// @param status `ACTIVE`, `DRAINING` or `INACTIVE`
/// @param connected whether its agent's control socket is open
/// @param lostAt when its service tasks are given up unless its agent comes back; null while it is
///     connected, and before it was for the first time
/// @param changedAt when its status or its connection last became another; null before, and in rows
///     of older releases
/// @param cpuUnits registered, before any task
/// @param memoryMib registered, before any task
/// @param tcpPorts registered as taken, sorted
/// @param udpPorts registered as taken, sorted
/// @param gpuIds registered GPUs
/// @param attributes capabilities and custom attributes, sorted by name
/// @param clientToken of the registration; the same token gives the same instance
/// @param dockerHealth `OK`, `IMPAIRED`, `INSUFFICIENT_DATA` or `INITIALIZING`; null until reported
/// @param inactiveAt when it was deregistered; null before
/// @param version 1 at first, one more with every change that others may see
@RecordBuilder
public record ContainerInstance(
    String account,
    String region,
    String cluster,
    String id,
    String ec2InstanceId,
    String status,
    @Nullable String statusReason,
    boolean connected,
    @Nullable Instant connectedAt,
    @Nullable Instant lostAt,
    @Nullable Instant changedAt,
    int cpuUnits,
    int memoryMib,
    List<Integer> tcpPorts,
    List<Integer> udpPorts,
    List<String> gpuIds,
    List<Attribute> attributes,
    String agentVersion,
    String agentHash,
    String dockerVersion,
    @Nullable String agentUpdateStatus,
    @Nullable String clientToken,
    List<Tag> tags,
    @Nullable String dockerHealth,
    Instant registeredAt,
    @Nullable Instant inactiveAt,
    long version) {
  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";
  public static final String INACTIVE = "INACTIVE";

  /// The custom attribute by which an instance joins a capacity provider, its value being the
  /// provider's name: any agent can send one.
  public static final String CAPACITY_PROVIDER = "roadstead.capacity-provider";

  public ContainerInstance {
    tcpPorts = tcpPorts == null ? List.of() : tcpPorts.stream().sorted().distinct().toList();
    udpPorts = udpPorts == null ? List.of() : udpPorts.stream().sorted().distinct().toList();
    gpuIds = gpuIds == null ? List.of() : List.copyOf(gpuIds);
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String clusterKey() {
    return scope().key(cluster);
  }

  public String key() {
    return scope().key(cluster, id);
  }

  public String arn() {
    return scope().arn("ecs", "container-instance/" + cluster + "/" + id).toString();
  }

  /// Whether new tasks may be placed on it.
  public boolean eligible() {
    return status.equals(ACTIVE) && connected;
  }

  /// Whether its agent has been away for so long that its service tasks are given up.
  public boolean lost(Instant now) {
    return !connected && lostAt != null && !lostAt.isAfter(now);
  }

  /// The capacity provider that it has joined; null when none.
  public @Nullable String capacityProviderName() {
    Attribute joined = attribute(CAPACITY_PROVIDER);
    return joined == null ? null : joined.value();
  }

  /// The attribute of that name, or null when it has none.
  public @Nullable Attribute attribute(String name) {
    for (Attribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        return attribute;
      }
    }
    return null;
  }
}
