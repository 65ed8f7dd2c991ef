package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ServiceNotice.Kind;
import java.util.List;

/// Tells what a service waits for: protected tasks, instances that drain, and its own percentages.
final class Obstacles {
  private Obstacles() {}

  /// @param members wanted tasks of the service
  /// @param replaces whether tasks of another deployment are there
  static void tell(
      Chronicle chronicle,
      String deploymentId,
      Rollout rollout,
      List<Member> members,
      boolean replaces) {
    if (rollout.held() > 0) {
      chronicle.holds(Kind.PROTECTED, Messages.guarded(deploymentId, rollout.held()));
    } else {
      chronicle.clear(Kind.PROTECTED);
    }
    List<Member> left = members.stream().filter(Member::draining).toList();
    if (left.isEmpty()) {
      chronicle.clear(Kind.DRAINING);
    } else {
      int guarded = (int) left.stream().filter(Member::guarded).count();
      chronicle.holds(Kind.DRAINING, Messages.draining(left.size(), guarded));
    }
    if (rollout.blocked() && rollout.held() == 0 && replaces) {
      chronicle.holds(Kind.BLOCKED, Messages.blocked());
    } else {
      chronicle.clear(Kind.BLOCKED);
    }
  }
}
