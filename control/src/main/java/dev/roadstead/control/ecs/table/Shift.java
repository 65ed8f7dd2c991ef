package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a deployment is that moves traffic in steps: what a load balancer is to obey.
/// Source: ECS developer guide, "Amazon ECS blue/green deployments".
///
/// @param old id of the deployment that has the rest of the traffic; null when there is none
/// @param stageAt when the stage, or its step, began
/// @param nextAt when its time is over; null when it waits for something else
/// @param production percent of the production traffic that the new deployment is to have
/// @param test percent of the test traffic
/// @param hooks the runs of lifecycle hooks at this stage or step, in the configuration's order
@RecordBuilder
public record Shift(
    @Nullable String old,
    Stage stage,
    Instant stageAt,
    @Nullable Instant nextAt,
    double production,
    double test,
    List<HookRun> hooks) {
  /// The lifecycle stages, in order. With LINEAR and CANARY the two around the shift of production
  /// traffic come again for each step.
  public enum Stage {
    RECONCILE_SERVICE,
    PRE_SCALE_UP,
    SCALE_UP,
    POST_SCALE_UP,
    TEST_TRAFFIC_SHIFT,
    POST_TEST_TRAFFIC_SHIFT,
    PRE_PRODUCTION_TRAFFIC_SHIFT,
    PRODUCTION_TRAFFIC_SHIFT,
    POST_PRODUCTION_TRAFFIC_SHIFT,
    BAKE_TIME,
    CLEAN_UP
  }

  public Shift {
    hooks = hooks == null ? List.of() : List.copyOf(hooks);
  }

  /// A deployment that has just begun.
  ///
  /// @param reconciles whether tasks of more than one deployment are there
  public static Shift begin(@Nullable String old, boolean reconciles, Instant now) {
    Stage first = reconciles ? Stage.RECONCILE_SERVICE : Stage.PRE_SCALE_UP;
    return new Shift(old, first, now, null, 0, 0, List.of());
  }

  /// Whether the old tasks may go.
  public boolean over() {
    return stage == Stage.CLEAN_UP;
  }

  /// Whether new tasks may be started.
  public boolean scales() {
    return stage.compareTo(Stage.SCALE_UP) >= 0;
  }
}
