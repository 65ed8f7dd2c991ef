package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.taskdefinition.rule.Draft;
import dev.roadstead.control.ecs.taskdefinition.rule.FargateRules;
import java.util.ArrayList;
import java.util.List;

/// The launch types that the content of a definition allows, in the order that AWS answers them,
/// whatever the request says. Source: ECS API reference, TaskDefinition, and answers observed.
final class Compatibilities {
  private Compatibilities() {}

  /// Refuses a required launch type that the content does not allow with ClientException.
  static void check(Draft draft) {
    List<String> possible = of(draft);
    for (String required : draft.request().requiresCompatibilitiesAsStrings()) {
      if (!possible.contains(required)) {
        throw EcsErrors.client(
            "The task definition is not compatible with launch type " + required + ".");
      }
    }
  }

  static List<String> of(Draft draft) {
    List<String> possible = new ArrayList<>();
    boolean efs =
        draft.request().volumes().stream().anyMatch(v -> v.efsVolumeConfiguration() != null);
    if (!draft.awsvpc() && !efs) {
      possible.add("EXTERNAL");
    }
    possible.add("EC2");
    if (FargateRules.violation(draft) == null) {
      possible.add("FARGATE");
    }
    boolean sized = draft.cpuUnits() != null && draft.memoryMib() != null;
    if (!draft.windows() && (draft.awsvpc() || (draft.host() && sized))) {
      possible.add("MANAGED_INSTANCES");
    }
    return possible;
  }
}
