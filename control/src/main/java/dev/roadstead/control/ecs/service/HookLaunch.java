package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.control.ecs.task.LaunchTags;
import dev.roadstead.control.ecs.task.Overrides;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What the task of a lifecycle hook is made from.
///
/// The target names a task definition. The family of the service's own definition without a
/// revision means the revision that is being deployed. `containerOverrides` in the hook's details
/// may change command and environment, as with RunTask; what a Lambda function is told in its
/// payload is in the environment of every container.
final class HookLaunch {
  private HookLaunch() {}

  /// Null when the cluster or the task definition is gone.
  static @Nullable Launch of(
      State state, Service service, DeploymentLifecycleHook hook, HookRun run, Shift shift) {
    Cluster cluster = state.find(Clusters.TABLE, service.clusterKey());
    TaskDefinition definition = definition(state, service, run);
    if (cluster == null || !cluster.active() || definition == null) {
      return null;
    }
    TaskOverride override = override(service, hook, shift, definition);
    String json = new String(JsonShapes.write(override), StandardCharsets.UTF_8);
    return new Launch(
        cluster,
        definition,
        new Overrides(override, json),
        "family:" + definition.family(),
        run.id(),
        null,
        null,
        service.launchType(),
        null,
        LaunchTags.of(List.of(), List.of(), service.managedTags(), service.cluster(), null),
        false);
  }

  private static @Nullable TaskDefinition definition(State state, Service service, HookRun run) {
    String target = run.target();
    TaskDefinition named =
        target == null ? null : TaskDefinitionLookup.find(state, service.scope(), target);
    String family = service.primary().family();
    boolean own =
        named != null
            && target != null
            && named.family().equals(family)
            && TaskDefinitionLookup.findRevision(state, service.scope(), target) == null;
    return own
        ? state.find(
            TaskDefinitions.TABLE,
            TaskDefinitions.key(service.scope(), family, service.primary().revision()))
        : named;
  }

  private static TaskOverride override(
      Service service, DeploymentLifecycleHook hook, Shift shift, TaskDefinition definition) {
    List<KeyValuePair> facts = facts(service, hook, shift);
    List<ContainerOverride> containers = new ArrayList<>();
    for (ContainerSpec spec : definition.containers()) {
      ContainerOverride.Builder container = ContainerOverride.builder().name(spec.name());
      List<KeyValuePair> environment = new ArrayList<>(facts);
      Map<String, Document> sent = sent(hook, spec.name());
      for (Document one : list(sent.get("environment"))) {
        environment.add(pair(text(one, "name"), text(one, "value")));
      }
      List<Document> command = list(sent.get("command"));
      if (!command.isEmpty()) {
        container.command(command.stream().map(HookLaunch::text).toList());
      }
      containers.add(container.environment(environment).build());
    }
    return TaskOverride.builder().containerOverrides(containers).build();
  }

  private static List<KeyValuePair> facts(
      Service service, DeploymentLifecycleHook hook, Shift shift) {
    String revision = service.primary().revisionId();
    List<KeyValuePair> facts = new ArrayList<>();
    facts.add(pair("ECS_LIFECYCLE_STAGE", shift.stage().name()));
    facts.add(pair("ECS_SERVICE_ARN", service.arn()));
    facts.add(pair("ECS_TEST_TRAFFIC_WEIGHT", Double.toString(shift.test())));
    facts.add(pair("ECS_PRODUCTION_TRAFFIC_WEIGHT", Double.toString(shift.production())));
    facts.add(pair("ECS_HOOK_DETAILS", Hooks.details(hook)));
    if (revision != null) {
      facts.add(
          pair(
              "ECS_TARGET_SERVICE_REVISION_ARN",
              ServiceRevisions.arn(service.scope(), service.cluster(), service.name(), revision)));
    }
    return facts;
  }

  /// What the hook's details say of a container; empty when nothing.
  private static Map<String, Document> sent(DeploymentLifecycleHook hook, String container) {
    Document details = hook.hookDetails();
    Document overrides = details == null ? null : member(details, "containerOverrides");
    for (Document one : list(overrides)) {
      if (text(one, "name").equals(container)) {
        return one.asMap();
      }
    }
    return Map.of();
  }

  private static List<Document> list(@Nullable Document sent) {
    return sent == null || !sent.isList() ? List.of() : sent.asList();
  }

  private static @Nullable Document member(Document of, String name) {
    return of.isMap() ? of.asMap().get(name) : null;
  }

  private static String text(Document of, String name) {
    Document member = member(of, name);
    return member == null ? "" : text(member);
  }

  private static String text(Document one) {
    return one.isString() ? one.asString() : "";
  }

  private static KeyValuePair pair(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }
}
