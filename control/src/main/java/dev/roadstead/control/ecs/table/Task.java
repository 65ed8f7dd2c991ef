package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task: what is desired of it and what was observed.
///
/// @param cluster the cluster's name
/// @param id 32 hexadecimal digits
/// @param group `family:F`, `service:S` or the caller's own
/// @param serviceName null for a standalone task
/// @param deploymentId `ecs-svc/DIGITS` of the deployment it belongs to; null when standalone
/// @param launchType `EC2` or `EXTERNAL`
/// @param capacityProviderName the capacity provider it was asked of; null when none was
/// @param instanceId id of the container instance; null until placed
/// @param wanted false once it is to stop (`desiredStatus` STOPPED)
/// @param cpu the task-level CPU of the answer, in units as text
/// @param memory the task-level memory of the answer, in MiB as text
/// @param overrides the model's TaskOverride as JSON, as sent; empty when none
/// @param stop why it stops or stopped; null while nothing wants it to
/// @param version 1 at first, one more with every change that others may see
@RecordBuilder
public record Task(
    String account,
    String region,
    String cluster,
    String id,
    String family,
    int revision,
    String group,
    @Nullable String startedBy,
    @Nullable String serviceName,
    @Nullable String deploymentId,
    String launchType,
    @Nullable String capacityProviderName,
    @Nullable String instanceId,
    @Nullable String availabilityZone,
    TaskStatus lastStatus,
    boolean wanted,
    boolean connected,
    Health health,
    List<TaskContainer> containers,
    Reservation reservation,
    String cpu,
    String memory,
    String overrides,
    List<Tag> tags,
    boolean enableExecuteCommand,
    TaskTimes times,
    @Nullable StopCause stop,
    long version) {
  public Task {
    containers = containers == null ? List.of() : List.copyOf(containers);
    tags = tags == null ? List.of() : List.copyOf(tags);
    health = health == null ? Health.UNKNOWN : health;
    group = Texts.shared(group);
    cpu = cpu == null ? "" : Texts.shared(cpu);
    memory = memory == null ? "" : Texts.shared(memory);
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
    return scope().arn("ecs", "task/" + cluster + "/" + id).toString();
  }

  public String clusterArn() {
    return scope().arn("ecs", "cluster/" + cluster).toString();
  }

  public String taskDefinitionKey() {
    return TaskDefinitions.key(scope(), family, revision);
  }

  public String taskDefinitionArn() {
    return scope().arn("ecs", "task-definition/" + family + ":" + revision).toString();
  }

  /// The key of its container instance, or null until placed.
  public @Nullable String instanceKey() {
    return instanceId == null ? null : scope().key(cluster, instanceId);
  }

  /// The key of its service, or null when standalone.
  public @Nullable String serviceKey() {
    return serviceName == null ? null : scope().key(cluster, serviceName);
  }

  /// Whether an essential container has a health check, so that running is not enough.
  public boolean checksHealth() {
    for (TaskContainer one : containers) {
      if (one.essential() && one.checksHealth()) {
        return true;
      }
    }
    return false;
  }

  /// Whether it is wanted and not RUNNING; see {@link TaskCounts}.
  public boolean pending() {
    return wanted && lastStatus != TaskStatus.RUNNING;
  }

  public boolean stopped() {
    return lastStatus == TaskStatus.STOPPED;
  }
}
