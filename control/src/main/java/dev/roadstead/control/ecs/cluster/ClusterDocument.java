package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaultsRequest;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandConfiguration;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogConfiguration;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogging;

/// The members of a cluster that are kept as they were sent, checked. Source: Amazon ECS API
/// reference, CreateCluster and UpdateCluster.
final class ClusterDocument {
  static final String CONTAINER_INSIGHTS = "containerInsights";
  private static final Set<String> INSIGHTS =
      new TreeSet<>(List.of("enabled", "disabled", "enhanced"));

  private ClusterDocument() {}

  /// A stored document as a builder to change.
  static software.amazon.awssdk.services.ecs.model.Cluster.Builder read(Cluster cluster) {
    var builder = software.amazon.awssdk.services.ecs.model.Cluster.builder();
    JsonShapes.fill(cluster.document().getBytes(StandardCharsets.UTF_8), builder);
    return builder;
  }

  static String write(software.amazon.awssdk.services.ecs.model.Cluster.Builder document) {
    return new String(JsonShapes.write(document.build()), StandardCharsets.UTF_8);
  }

  /// The settings to store, `containerInsights` filled in when it is not among them.
  static List<ClusterSetting> settings(List<ClusterSetting> sent, String defaultInsights) {
    for (ClusterSetting setting : sent) {
      if (!CONTAINER_INSIGHTS.equals(setting.nameAsString())) {
        throw EcsErrors.invalidParameter("Setting name should be one of [containerInsights]");
      }
      if (setting.value() == null || !INSIGHTS.contains(setting.value())) {
        throw EcsErrors.invalidParameter(
            "Setting value for containerInsights should be one of [enabled,disabled,enhanced]");
      }
    }
    if (!sent.isEmpty()) {
      return List.of(sent.getLast());
    }
    return List.of(
        ClusterSetting.builder().name(CONTAINER_INSIGHTS).value(defaultInsights).build());
  }

  static @Nullable ClusterConfiguration configuration(@Nullable ClusterConfiguration sent) {
    ExecuteCommandConfiguration exec = sent == null ? null : sent.executeCommandConfiguration();
    if (exec == null) {
      return sent;
    }
    boolean override = exec.logging() == ExecuteCommandLogging.OVERRIDE;
    if (exec.logging() == ExecuteCommandLogging.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter("logging should be one of [NONE,DEFAULT,OVERRIDE]");
    }
    if (exec.logConfiguration() != null && !override) {
      throw EcsErrors.invalidParameter(
          "You must set logging to 'OVERRIDE' when you supply a log configuration");
    }
    if (override && !namesATarget(exec.logConfiguration())) {
      throw EcsErrors.invalidParameter(
          "A CloudWatch log group name or S3 bucket name must be specified when overriding the"
              + " default log configuration");
    }
    return sent;
  }

  private static boolean namesATarget(@Nullable ExecuteCommandLogConfiguration logs) {
    return logs != null && (logs.cloudWatchLogGroupName() != null || logs.s3BucketName() != null);
  }

  /// Service Connect needs Cloud Map, which is not built yet: refused rather than forgotten.
  static void refuseServiceConnect(@Nullable ClusterServiceConnectDefaultsRequest sent) {
    if (sent != null && sent.namespace() != null && !sent.namespace().isEmpty()) {
      throw EcsErrors.unsupported("serviceConnectDefaults");
    }
  }
}
