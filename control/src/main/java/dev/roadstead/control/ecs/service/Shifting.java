package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Shift.Stage;
import dev.roadstead.control.ecs.table.ShiftBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;

/// The stages of deployments. With the strategies BLUE_GREEN, LINEAR and CANARY the new tasks come
/// up beside the old ones, traffic moves, all at once or in steps, and after the bake time the old
/// ones go. A rolling update with lifecycle hooks or a bake time has the stages before and after
/// its tasks come up, and those of no traffic. Source: ECS API reference, DeploymentConfiguration,
/// LinearConfiguration, CanaryConfiguration.
final class Shifting {
  private static final double ALL = 100;
  private static final double LINEAR_PERCENT = 10;
  private static final double LINEAR_MIN = 3;
  private static final int LINEAR_BAKE_MINUTES = 6;
  private static final double CANARY_PERCENT = 5;
  private static final double CANARY_MIN = 0.1;
  private static final int CANARY_BAKE_MINUTES = 10;
  private static final int BAKE_MINUTES_MAX = 1440;

  /// The longest that such a deployment lasts in all; each step, `ServiceDeployment.LASTS_MAX`.
  /// Source: ECS developer guide, "Amazon ECS blue/green deployments".
  private static final Duration LASTS_MAX = Duration.ofDays(30);

  /// So that a hook that takes too long is named before its stage is.
  private static final Duration HOOK_SLACK = Duration.ofMinutes(1);

  private Shifting() {}

  /// Where a deployment that begins starts; null when it is a rolling update without stages.
  ///
  /// @param before the service until now; null when it is new
  static @Nullable Shift begin(@Nullable Service before, Service after, Instant now) {
    DeploymentConfiguration configuration = configuration(after);
    boolean reconciles = before != null && before.deployments().size() > 1;
    ServiceDeployment completed = before == null ? null : completed(before);
    if (strategy(configuration) != DeploymentStrategy.ROLLING) {
      return Shift.begin(completed == null ? null : completed.id(), reconciles, now);
    }
    if (!configuration.lifecycleHooks().isEmpty()) {
      ServiceDeployment kept =
          before == null || completed != null ? completed : before.deployments().getFirst();
      return Shift.roll(kept == null ? null : kept.id(), reconciles, now);
    }
    return minutes(configuration.bakeTimeInMinutes(), 0).isZero() ? null : Shift.roll(now);
  }

  /// Where a rollback of the newest deployment starts: its traffic is back at once. Null when it
  /// had none, or no hook is told. Source: ECS developer guide, "Lifecycle hooks for Amazon ECS
  /// service deployments": hooks of PRODUCTION_TRAFFIC_SHIFT and TEST_TRAFFIC_SHIFT run then.
  static @Nullable Shift back(Service service, Instant now) {
    Shift shift = service.primary().shift();
    if (shift == null || shift.rolling() || shift.test() + shift.production() == 0) {
      return null;
    }
    boolean all = shift.production() > 0;
    boolean told =
        Hooks.at(configuration(service), Stage.TEST_TRAFFIC_SHIFT)
            || (all && Hooks.at(configuration(service), Stage.PRODUCTION_TRAFFIC_SHIFT));
    return told ? Shift.back(all, now) : null;
  }

  private static @Nullable ServiceDeployment completed(Service before) {
    return before.deployments().stream()
        .filter(one -> one.rolloutState().equals(ServiceDeployment.COMPLETED))
        .findFirst()
        .orElse(null);
  }

  /// The deployment that has traffic which the newest one has not taken over, or that is kept while
  /// a rolling update waits for its hooks; null when none.
  static @Nullable ServiceDeployment old(Service service) {
    if (service.inactive() || over(service.primary())) {
      return null;
    }
    Shift shift = service.primary().shift();
    return service.deployments().stream()
        .filter(one -> shift != null && one.id().equals(shift.old()))
        .findFirst()
        .orElse(null);
  }

  /// Whether no traffic is to be moved any more to the newest deployment.
  static boolean over(ServiceDeployment primary) {
    Shift shift = primary.shift();
    return shift == null || shift.over() || !primary.inProgress();
  }

  /// Whether a rolling update waits for a hook before its tasks come up.
  static boolean holds(ServiceDeployment primary) {
    Shift shift = primary.shift();
    return shift != null && shift.rolling() && !shift.scales() && primary.inProgress();
  }

  /// Whether a rolling update is otherwise complete, so that its alarms' own time begins.
  static boolean bakes(ServiceDeployment primary) {
    Shift shift = primary.shift();
    return shift == null || !shift.rolling() || shift.bakes();
  }

  /// The deployment as far as it may be by now.
  ///
  /// @param scaled whether every new task is there and healthy
  /// @param hooks runs the lifecycle hooks of each stage
  static ServiceDeployment advance(
      ServiceDeployment deployment, Service service, boolean scaled, HookRuns hooks, Instant now) {
    Shift before = deployment.shift();
    if (before == null || over(deployment)) {
      return deployment;
    }
    DeploymentConfiguration configuration = configuration(service);
    Shift shift = hooks.tend(before, configuration);
    while (!shift.over() && !waits(shift, scaled, now)) {
      shift = hooks.tend(next(shift, configuration, now), configuration);
    }
    if (shift.equals(before)) {
      return deployment;
    }
    Instant latest = deployment.createdAt().plus(LASTS_MAX);
    Instant deadline = deadline(shift);
    return ServiceDeploymentBuilder.builder(deployment)
        .shift(shift)
        .deadline(
            shift.back() ? deployment.deadline() : deadline.isAfter(latest) ? latest : deadline)
        .updatedAt(now)
        .build();
  }

  private static boolean waits(Shift shift, boolean scaled, Instant now) {
    if (shift.hooks().stream().anyMatch(run -> !run.ended() || (run.fails() && !shift.back()))) {
      return true;
    }
    Instant due = shift.nextAt();
    return shift.stage() == Stage.SCALE_UP ? !scaled : due != null && due.isAfter(now);
  }

  /// When the stage has lasted for too long: a day after it should be over, and never before its
  /// hooks have taken too long.
  private static Instant deadline(Shift shift) {
    Instant from = shift.nextAt() == null ? shift.stageAt() : shift.nextAt();
    Instant deadline = from.plus(ServiceDeployment.LASTS_MAX);
    for (HookRun run : shift.hooks()) {
      Instant late = run.expiresAt().plus(HOOK_SLACK);
      deadline = late.isAfter(deadline) ? late : deadline;
    }
    return deadline;
  }

  private static Shift next(Shift shift, DeploymentConfiguration configuration, Instant now) {
    ShiftBuilder next = ShiftBuilder.builder(shift).stageAt(now).nextAt(null).hooks(List.of());
    boolean whole = shift.production() >= ALL;
    return switch (shift.stage()) {
      case RECONCILE_SERVICE -> next.stage(Stage.PRE_SCALE_UP).build();
      case PRE_SCALE_UP ->
          next.stage(Stage.SCALE_UP).old(shift.rolling() ? null : shift.old()).build();
      case SCALE_UP ->
          next.stage(Stage.POST_SCALE_UP).production(shift.rolling() ? ALL : 0).build();
      case POST_SCALE_UP ->
          shift.rolling()
              ? bake(next, configuration, now)
              : next.stage(Stage.TEST_TRAFFIC_SHIFT).test(ALL).build();
      case TEST_TRAFFIC_SHIFT ->
          next.stage(shift.back() ? Stage.CLEAN_UP : Stage.POST_TEST_TRAFFIC_SHIFT).build();
      case POST_TEST_TRAFFIC_SHIFT -> next.stage(Stage.PRE_PRODUCTION_TRAFFIC_SHIFT).build();
      case PRE_PRODUCTION_TRAFFIC_SHIFT -> {
        double more = step(shift.production(), configuration);
        yield next.stage(Stage.PRODUCTION_TRAFFIC_SHIFT)
            .production(more)
            .nextAt(more >= ALL ? null : now.plus(stepBake(configuration)))
            .build();
      }
      case PRODUCTION_TRAFFIC_SHIFT ->
          shift.back()
              ? next.stage(Stage.TEST_TRAFFIC_SHIFT).build()
              : whole
                  ? next.stage(Stage.POST_PRODUCTION_TRAFFIC_SHIFT).build()
                  : next.stage(Stage.PRE_PRODUCTION_TRAFFIC_SHIFT).build();
      case POST_PRODUCTION_TRAFFIC_SHIFT -> bake(next, configuration, now);
      case BAKE_TIME, CLEAN_UP -> next.stage(Stage.CLEAN_UP).build();
    };
  }

  private static Shift bake(ShiftBuilder next, DeploymentConfiguration configuration, Instant now) {
    Duration bake = minutes(configuration.bakeTimeInMinutes(), 0);
    return next.stage(Stage.BAKE_TIME).nextAt(now.plus(bake)).build();
  }

  private static double step(double percent, DeploymentConfiguration configuration) {
    return switch (strategy(configuration)) {
      case LINEAR -> {
        LinearConfiguration own = configuration.linearConfiguration();
        Double step = own == null ? null : own.stepPercent();
        yield Math.min(ALL, percent + (step == null ? LINEAR_PERCENT : step));
      }
      case CANARY -> {
        CanaryConfiguration own = configuration.canaryConfiguration();
        Double canary = own == null ? null : own.canaryPercent();
        yield percent > 0 ? ALL : canary == null ? CANARY_PERCENT : canary;
      }
      default -> ALL;
    };
  }

  private static Duration stepBake(DeploymentConfiguration configuration) {
    if (strategy(configuration) == DeploymentStrategy.LINEAR) {
      LinearConfiguration own = configuration.linearConfiguration();
      return minutes(own == null ? null : own.stepBakeTimeInMinutes(), LINEAR_BAKE_MINUTES);
    }
    CanaryConfiguration own = configuration.canaryConfiguration();
    return minutes(own == null ? null : own.canaryBakeTimeInMinutes(), CANARY_BAKE_MINUTES);
  }

  private static Duration minutes(@Nullable Integer own, int usual) {
    return Duration.ofMinutes(own == null ? usual : own);
  }

  private static DeploymentStrategy strategy(DeploymentConfiguration configuration) {
    DeploymentStrategy own = configuration.strategy();
    return own == null ? DeploymentStrategy.ROLLING : own;
  }

  private static DeploymentConfiguration configuration(Service service) {
    DeploymentConfiguration own = ServiceDocument.of(service).deploymentConfiguration();
    return own == null ? DeploymentConfiguration.builder().build() : own;
  }

  /// The settings with what was sent of the strategy. Refuses what is out of range, or of another
  /// strategy, with InvalidParameterException.
  static void merge(DeploymentConfiguration.Builder next, DeploymentConfiguration sent) {
    DeploymentStrategy before = strategy(next.build());
    if (sent.strategyAsString() != null) {
      Text.oneOf(sent.strategyAsString(), "ROLLING", "BLUE_GREEN", "LINEAR", "CANARY");
      next.strategy(sent.strategy());
    }
    DeploymentStrategy strategy = strategy(next.build());
    Integer bake = sent.bakeTimeInMinutes();
    if (bake != null) {
      between("bakeTimeInMinutes", bake, 0, BAKE_MINUTES_MAX);
      next.bakeTimeInMinutes(bake);
    } else if (sent.strategy() == DeploymentStrategy.BLUE_GREEN) {
      throw EcsErrors.invalidParameter(
          "bakeTimeInMinutes is required for the BLUE_GREEN deployment strategy.");
    } else if (strategy == DeploymentStrategy.ROLLING && before != strategy) {
      next.bakeTimeInMinutes(0);
    }
    LinearConfiguration linear = sent.linearConfiguration();
    if (linear != null) {
      only("linearConfiguration", strategy, DeploymentStrategy.LINEAR);
      between("stepPercent", linear.stepPercent(), LINEAR_MIN, ALL);
      between("stepBakeTimeInMinutes", linear.stepBakeTimeInMinutes(), 0, BAKE_MINUTES_MAX);
    }
    CanaryConfiguration canary = sent.canaryConfiguration();
    if (canary != null) {
      only("canaryConfiguration", strategy, DeploymentStrategy.CANARY);
      between("canaryPercent", canary.canaryPercent(), CANARY_MIN, ALL);
      between("canaryBakeTimeInMinutes", canary.canaryBakeTimeInMinutes(), 0, BAKE_MINUTES_MAX);
    }
    if (linear != null || strategy != DeploymentStrategy.LINEAR) {
      next.linearConfiguration(linear);
    }
    if (canary != null || strategy != DeploymentStrategy.CANARY) {
      next.canaryConfiguration(canary);
    }
  }

  /// Only a rolling update without hooks is built for services with one task on each instance. With
  /// task sets there are no deployments whose stages could wait.
  static void check(boolean daemon, boolean external, DeploymentConfiguration configuration) {
    DeploymentStrategy strategy = strategy(configuration);
    boolean hooks = !configuration.lifecycleHooks().isEmpty();
    Unbuilt.refuse(
        daemon && strategy != DeploymentStrategy.ROLLING,
        "Deployment strategy " + strategy + " with DAEMON");
    Unbuilt.refuse(daemon && hooks, "lifecycleHooks with DAEMON");
    if (external && (hooks || !minutes(configuration.bakeTimeInMinutes(), 0).isZero())) {
      throw EcsErrors.invalidParameter(
          "bakeTimeInMinutes and lifecycleHooks can only be specified with the ECS deployment"
              + " controller.");
    }
  }

  private static void only(String member, DeploymentStrategy is, DeploymentStrategy needed) {
    if (is != needed) {
      throw EcsErrors.invalidParameter(
          member + " can only be specified with the " + needed + " deployment strategy.");
    }
  }

  private static void between(String member, @Nullable Number sent, double least, double most) {
    if (sent != null && (sent.doubleValue() < least || sent.doubleValue() > most)) {
      throw EcsErrors.invalidParameter(
          member + " must be between " + plain(least) + " and " + plain(most) + ".");
    }
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
