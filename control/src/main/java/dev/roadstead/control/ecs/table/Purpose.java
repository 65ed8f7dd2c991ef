package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.Nullable;

/// What the service scheduler stops a task for, as the actor of a {@link StopCause}: AWS's own
/// fields tell all of these alike.
public enum Purpose {
  SCALE_IN("scale-in"),
  DEPLOYMENT("deployment"),
  DRAIN("drain of its container instance"),
  REBALANCING("availability zone rebalancing"),
  DELETION("deletion of its service or task set"),
  RETURN("its place was taken while its container instance was away"),
  HOOK_OVER("its lifecycle hook is no longer waited for");

  private static final String SCHEDULER = "service scheduler: ";

  private final String actor;

  Purpose(String text) {
    this.actor = SCHEDULER + text;
  }

  /// As in {@link StopCause#actor}.
  public String actor() {
    return actor;
  }

  /// The purpose of a cause; null when it is another's, or of an older row.
  public static @Nullable Purpose of(StopCause cause) {
    for (Purpose one : values()) {
      if (one.actor.equals(cause.actor())) {
        return one;
      }
    }
    return null;
  }
}
