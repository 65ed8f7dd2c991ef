package dev.roadstead.control.ecs.service;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Shift.Stage;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookAction;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookTargetType;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookTimeoutConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;

/// A service's lifecycle hooks, as configured. Source: ECS API reference, DeploymentLifecycleHook;
/// developer guide, "Lifecycle hooks for Amazon ECS service deployments".
///
/// A hook of type PAUSE waits for ContinueServiceDeployment. One with a task definition as its
/// `hookTargetArn` runs a task of it.
final class Hooks {
  /// How many a service may have: each is a row, and often a task, at each of its stages. AWS
  /// publishes no figure.
  static final int HOOKS_MAX = 20;

  /// The longest `hookDetails`, as JSON: it is in the environment of each container of the hook's
  /// task, and the environment of a process is bounded.
  static final int DETAILS_MAX = 4096;

  /// Source: ECS API reference, DeploymentLifecycleHookTimeoutConfiguration.
  private static final int TIMEOUT_MINUTES = 1440;

  private static final int TIMEOUT_MINUTES_MAX = 20_160;

  /// As long as any may take.
  static final Duration LONGEST = Duration.ofMinutes(TIMEOUT_MINUTES_MAX);

  /// The longest on the way back, which is to end soon whatever they say.
  static final Duration LONGEST_BACK = Duration.ofHours(1);

  private static final String[] STAGES = {
    "RECONCILE_SERVICE",
    "PRE_SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRE_PRODUCTION_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT"
  };

  /// Those that a rolling update has: it moves no traffic.
  private static final List<String> ROLLING_STAGES =
      List.of("RECONCILE_SERVICE", "PRE_SCALE_UP", "POST_SCALE_UP");

  /// Source: ECS developer guide, "Pause hooks for Amazon ECS service deployments".
  private static final List<String> NEVER_PAUSED =
      List.of("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT");

  private static final int ID_CHARS = 43; // as many as AWS's have

  private Hooks() {}

  /// The settings with the hooks that were sent; without those of before, if the strategy has not
  /// their stages any more. Refuses what is no hook, or never would run, with
  /// InvalidParameterException, and Lambda functions, which are not built.
  static void merge(DeploymentConfiguration.Builder next, DeploymentConfiguration sent) {
    DeploymentConfiguration before = next.build();
    List<DeploymentLifecycleHook> hooks = sent.lifecycleHooks();
    if (hooks.size() > HOOKS_MAX) {
      throw EcsErrors.invalidParameter("lifecycleHooks cannot have more than " + HOOKS_MAX + ".");
    }
    hooks.forEach(Hooks::check);
    String foreign = rolling(before) ? foreign(hooks) : null;
    if (foreign != null) {
      throw EcsErrors.invalidParameter(
          "Lifecycle hooks at the stage "
              + foreign
              + " can only be specified with the BLUE_GREEN, LINEAR and CANARY deployment"
              + " strategies.");
    }
    boolean stale = rolling(before) && foreign(before.lifecycleHooks()) != null;
    if (stale || sent.hasLifecycleHooks()) {
      next.lifecycleHooks(hooks);
    }
  }

  /// The first stage of hooks that a rolling update has not; null when it has all.
  private static @Nullable String foreign(List<DeploymentLifecycleHook> hooks) {
    return hooks.stream()
        .flatMap(one -> one.lifecycleStagesAsStrings().stream())
        .filter(stage -> !ROLLING_STAGES.contains(stage))
        .findFirst()
        .orElse(null);
  }

  /// Refuses targets that are no task definition that can be run.
  static void checkTargets(
      State state, Scope scope, @Nullable DeploymentConfiguration configuration) {
    if (configuration == null) {
      return;
    }
    for (DeploymentLifecycleHook hook : configuration.lifecycleHooks()) {
      if (!pauses(hook)) {
        TaskDefinitionLookup.require(state, scope, hook.hookTargetArn());
      }
    }
  }

  /// Whether there is a hook at a stage.
  static boolean at(DeploymentConfiguration configuration, Stage stage) {
    return configuration.lifecycleHooks().stream()
        .anyMatch(one -> one.lifecycleStagesAsStrings().contains(stage.name()));
  }

  /// The runs that begin with a stage.
  ///
  /// @param most the longest that each may take
  static List<HookRun> begin(
      DeploymentConfiguration configuration, Stage stage, Duration most, Moment moment) {
    List<HookRun> runs = new ArrayList<>();
    List<DeploymentLifecycleHook> hooks = configuration.lifecycleHooks();
    for (int i = 0; i < hooks.size(); i++) {
      DeploymentLifecycleHook hook = hooks.get(i);
      if (!hook.lifecycleStagesAsStrings().contains(stage.name())) {
        continue;
      }
      boolean pauses = pauses(hook);
      DeploymentLifecycleHookTimeoutConfiguration timeout = hook.timeoutConfiguration();
      Integer minutes = timeout == null ? null : timeout.timeoutInMinutes();
      Duration own = Duration.ofMinutes(minutes == null ? TIMEOUT_MINUTES : minutes);
      runs.add(
          new HookRun(
              (pauses ? "ecs-pause-" : "ecs-task-") + History.id(moment.random(), ID_CHARS),
              i,
              hook.targetTypeAsString(),
              hook.hookTargetArn(),
              pauses ? HookRun.Status.AWAITING_ACTION : HookRun.Status.IN_PROGRESS,
              null,
              0,
              null,
              moment.now().plus(own.compareTo(most) > 0 ? most : own),
              timeout != null && timeout.action() == DeploymentLifecycleHookAction.CONTINUE,
              null));
    }
    return runs;
  }

  /// Its `hookDetails` as JSON; empty when it has none.
  static String details(DeploymentLifecycleHook hook) {
    if (hook.hookDetails() == null) {
      return "";
    }
    byte[] json =
        JsonShapes.write(DeploymentLifecycleHook.builder().hookDetails(hook.hookDetails()).build());
    String whole = new String(json, StandardCharsets.UTF_8);
    return whole.substring(whole.indexOf(':') + 1, whole.length() - 1);
  }

  private static boolean pauses(DeploymentLifecycleHook hook) {
    return hook.targetType() == DeploymentLifecycleHookTargetType.PAUSE;
  }

  private static boolean rolling(DeploymentConfiguration configuration) {
    DeploymentStrategy strategy = configuration.strategy();
    return strategy == null || strategy == DeploymentStrategy.ROLLING;
  }

  private static void check(DeploymentLifecycleHook hook) {
    if (hook.targetTypeAsString() != null) {
      Text.oneOf(hook.targetTypeAsString(), "AWS_LAMBDA", "PAUSE");
    }
    if (hook.lifecycleStages().isEmpty()) {
      throw EcsErrors.invalidParameter("lifecycleStages is required for a lifecycle hook.");
    }
    boolean pauses = pauses(hook);
    for (String stage : hook.lifecycleStagesAsStrings()) {
      Text.oneOf(stage, STAGES);
      if (pauses && NEVER_PAUSED.contains(stage)) {
        throw EcsErrors.invalidParameter(
            "PAUSE lifecycle hooks cannot be specified for the lifecycle stage " + stage + ".");
      }
    }
    checkTarget(hook, pauses);
    checkTimeout(hook.timeoutConfiguration());
    if (details(hook).length() > DETAILS_MAX) {
      throw EcsErrors.invalidParameter(
          "hookDetails must be at most " + DETAILS_MAX + " characters.");
    }
  }

  private static void checkTarget(DeploymentLifecycleHook hook, boolean pauses) {
    String target = hook.hookTargetArn();
    if (pauses && target != null) {
      throw EcsErrors.invalidParameter(
          "hookTargetArn cannot be specified for a PAUSE lifecycle hook.");
    }
    if (!pauses && (target == null || target.isEmpty())) {
      throw EcsErrors.invalidParameter(
          "hookTargetArn is required for an AWS_LAMBDA lifecycle hook.");
    }
    Arn arn = target == null ? null : Arn.parse(target);
    if (arn != null && arn.service().equals("lambda")) {
      throw EcsErrors.unsupported("A Lambda function as the target of a lifecycle hook");
    }
  }

  private static void checkTimeout(@Nullable DeploymentLifecycleHookTimeoutConfiguration sent) {
    if (sent == null) {
      return;
    }
    Integer minutes = sent.timeoutInMinutes();
    if (minutes != null && (minutes < 1 || minutes > TIMEOUT_MINUTES_MAX)) {
      throw EcsErrors.invalidParameter(
          "timeoutInMinutes must be between 1 and " + TIMEOUT_MINUTES_MAX + ".");
    }
    if (sent.actionAsString() != null) {
      Text.oneOf(sent.actionAsString(), "CONTINUE", "ROLLBACK");
    }
  }
}
