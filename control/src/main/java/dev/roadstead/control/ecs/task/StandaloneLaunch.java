package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/// What RunTask and StartTask ask for alike, checked: a launch outside of any service. Source:
/// Amazon ECS API reference, RunTask.
final class StandaloneLaunch {
  private static final int REFERENCE_ID_MAX = 1024; // the AWS limit
  private static final int GROUP_MAX = 255; // the AWS limit

  private StandaloneLaunch() {}

  /// Refuses what ECS refuses, and what is not built.
  ///
  /// @param request of RunTask; that of another operation as RunTask would have it
  /// @param startedByMax the most characters of `startedBy`
  static Launch of(
      State state, RunTaskRequest request, Cluster cluster, Scope scope, int startedByMax) {
    TaskDefinition definition =
        TaskDefinitionLookup.require(state, scope, request.taskDefinition());
    String launchType = LaunchTypes.require(request.launchTypeAsString(), definition);
    LaunchTypes.checkNetwork(request.networkConfiguration(), definition);
    checkReferenceId(request.referenceId());
    if (!request.volumeConfigurations().isEmpty()) {
      throw EcsErrors.unsupported("volumeConfigurations");
    }
    return new Launch(
        cluster,
        definition,
        Overrides.of(request.overrides(), definition),
        group(request.group(), definition),
        startedBy(request.startedBy(), startedByMax),
        null,
        null,
        launchType,
        null,
        LaunchTags.of(
            LaunchTags.propagated(request.propagateTagsAsString(), definition),
            Tags.accept(request.tags()),
            Boolean.TRUE.equals(request.enableECSManagedTags()),
            cluster.name(),
            null),
        Boolean.TRUE.equals(request.enableExecuteCommand()));
  }

  private static @Nullable String startedBy(@Nullable String sent, int lengthMax) {
    if (sent == null || sent.isEmpty()) {
      return null;
    }
    if (sent.length() > lengthMax || !sent.chars().allMatch(StandaloneLaunch::mayBeInStartedBy)) {
      throw EcsErrors.invalidParameter(
          "startedBy must be at most "
              + lengthMax
              + " letters, numbers, hyphens, forward slashes and underscores.");
    }
    return sent;
  }

  private static boolean mayBeInStartedBy(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '/');
  }

  /// Nothing shows a reference id.
  private static void checkReferenceId(@Nullable String sent) {
    if (sent != null && sent.length() > REFERENCE_ID_MAX) {
      throw EcsErrors.invalidParameter(
          "referenceId must be at most " + REFERENCE_ID_MAX + " characters.");
    }
  }

  /// `family:F` unless the caller names another; ECS keeps the prefixes for itself.
  private static String group(@Nullable String sent, TaskDefinition definition) {
    if (sent == null || sent.isEmpty()) {
      return "family:" + definition.family();
    }
    if (sent.length() > GROUP_MAX) {
      throw EcsErrors.invalidParameter("group must be at most " + GROUP_MAX + " characters.");
    }
    if (sent.startsWith("service:")
        || (sent.startsWith("family:") && !sent.equals("family:" + definition.family()))) {
      throw EcsErrors.invalidParameter("Invalid namespace for group.");
    }
    return sent;
  }
}
