package dev.roadstead.link.task;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task as a control plane asks for it. A stop needs `arn` and `desiredStatus` only.
/// @param version the revision, as text
/// @param desiredStatus `RUNNING` or `STOPPED`
/// @param cpu vCPU, 0.25 for a quarter; absent means no task limit
/// @param memory MiB; absent means no task limit
/// @param networkMode `bridge`, `host`, `awsvpc`, `none`; absent or empty means `bridge`
@RecordBuilder
public record Task(
    String arn,
    @Nullable String family,
    @Nullable String version,
    @Nullable String desiredStatus,
    @Nullable Double cpu,
    @Nullable Integer memory,
    List<Container> containers,
    List<Volume> volumes,
    @Nullable String networkMode,
    List<ElasticNetworkInterface> elasticNetworkInterfaces,
    @Nullable RoleCredentials roleCredentials,
    @Nullable RoleCredentials executionRoleCredentials,
    @Nullable String pidMode,
    @Nullable String ipcMode,
    @Nullable ProxyConfiguration proxyConfiguration,
    List<Association> associations,
    List<Attachment> attachments,
    @Nullable String launchType,
    @Nullable String serviceName,
    @Nullable String group,
    @Nullable Boolean enableFaultInjection,
    @Nullable String taskClusterArn,
    @Nullable String taskDefinitionAccountId) {
  public Task {
    containers = Copies.of(containers);
    volumes = Copies.of(volumes);
    elasticNetworkInterfaces = Copies.of(elasticNetworkInterfaces);
    associations = Copies.of(associations);
    attachments = Copies.of(attachments);
  }

  public static final String RUNNING = "RUNNING";
  public static final String STOPPED = "STOPPED";

  public record ProxyConfiguration(
      @Nullable String type, @Nullable String containerName, Map<String, String> properties) {
    public ProxyConfiguration {
      properties = Copies.of(properties);
    }
  }

  /// What a task's containers use of the machine.
  /// @param name of a GPU its id
  /// @param type `gpu`, `elastic-inference`
  public record Association(
      @Nullable String name,
      @Nullable String type,
      List<String> containers,
      @Nullable Content content) {
    public static final String GPU = "gpu";

    public Association {
      containers = Copies.of(containers);
    }
  }

  public record Content(@Nullable String value, @Nullable String encoding) {}
}
