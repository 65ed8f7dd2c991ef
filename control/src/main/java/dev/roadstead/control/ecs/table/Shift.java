package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a deployment is that moves traffic in steps: what a load balancer is to obey.
/// Source: ECS developer guide, "Amazon ECS blue/green deployments".
///
/// @param old id of the deployment that has the rest of the traffic; null when there is none
/// @param stageAt when the stage, or its step, began
/// @param nextAt when its time is over; null when it waits for something else
/// @param production percent of the production traffic that the new deployment is to have
/// @param test percent of the test traffic
@RecordBuilder
public record Shift(
    @Nullable String old,
    Stage stage,
    Instant stageAt,
    @Nullable Instant nextAt,
    double production,
    double test) {
  /// The model's lifecycle stages that take time or do something.
  public enum Stage {
    SCALE_UP,
    TEST_TRAFFIC_SHIFT,
    PRODUCTION_TRAFFIC_SHIFT,
    BAKE_TIME,
    CLEAN_UP
  }

  public static Shift begin(@Nullable String old, Instant now) {
    return new Shift(old, Stage.SCALE_UP, now, null, 0, 0);
  }

  /// Whether the old tasks may go.
  public boolean over() {
    return stage == Stage.CLEAN_UP;
  }
}
