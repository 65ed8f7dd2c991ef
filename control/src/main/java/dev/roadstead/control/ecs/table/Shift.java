package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a deployment is that goes by stages: one that moves traffic in steps, which a load
/// balancer is to obey, or a rolling update with lifecycle hooks or a bake time. Source: ECS
/// developer guide, "Amazon ECS blue/green deployments".
///
/// @param old id of the deployment that has the rest of the traffic, or, before the tasks of a
///     rolling update come up, that others are replaced by; null when there is none
/// @param stageAt when the stage, or its step, began
/// @param nextAt when its time is over; null when it waits for something else
/// @param production percent of the production traffic that the new deployment is to have
/// @param test percent of the test traffic
/// @param hooks the runs of lifecycle hooks at this stage or step, in the configuration's order
/// @param rolling whether old tasks are replaced while the new ones come up, and no traffic moves
/// @param back whether it is the way back from a deployment that had traffic: the hooks of its
///     shifts of traffic are run once more, and nothing depends on what they say; also `rolling`
@RecordBuilder
public record Shift(
    @Nullable String old,
    Stage stage,
    Instant stageAt,
    @Nullable Instant nextAt,
    double production,
    double test,
    List<HookRun> hooks,
    boolean rolling,
    boolean back) {
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
    return new Shift(old, first, now, null, 0, 0, List.of(), false, false);
  }

  /// The same for a rolling update: it begins where its first hook may be.
  public static Shift roll(@Nullable String old, boolean reconciles, Instant now) {
    return ShiftBuilder.builder(begin(old, reconciles, now)).rolling(true).build();
  }

  /// The same for a rolling update without hooks before its tasks come up.
  public static Shift roll(Instant now) {
    return new Shift(null, Stage.SCALE_UP, now, null, 0, 0, List.of(), true, false);
  }

  /// The way back, from the shift of all traffic or of the test traffic alone.
  public static Shift back(boolean all, Instant now) {
    Stage first = all ? Stage.PRODUCTION_TRAFFIC_SHIFT : Stage.TEST_TRAFFIC_SHIFT;
    return new Shift(null, first, now, null, 100, 100, List.of(), true, true);
  }

  /// Whether the old tasks may go.
  public boolean over() {
    return stage == Stage.CLEAN_UP;
  }

  /// Whether nothing but the end of the bake time, and of what watches it, is waited for.
  public boolean bakes() {
    return stage.compareTo(Stage.BAKE_TIME) >= 0;
  }

  /// Whether new tasks may be started.
  public boolean scales() {
    return stage.compareTo(Stage.SCALE_UP) >= 0;
  }
}
