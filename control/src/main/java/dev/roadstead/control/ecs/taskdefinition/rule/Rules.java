package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.ModelEnums;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// Every rule, in the order in which they are checked. Source: ECS API reference,
/// RegisterTaskDefinition; ECS developer guide, "Amazon ECS task definition parameters"; texts as
/// observed from the service.
public final class Rules {
  private Rules() {}

  /// Refuses a broken rule with ClientException, a value that the model does not list with
  /// InvalidParameterException.
  public static void check(Draft draft) {
    TaskRules.checkFrame(draft);
    LogRules.checkDriver(draft);
    ModelEnums.check(draft.request());
    String fargate = draft.forFargate() ? FargateRules.violation(draft) : null;
    if (fargate != null) {
      throw EcsErrors.client(fargate);
    }
    TaskRules.check(draft);
    VolumeRules.check(draft);
    PortRules.check(draft);
    for (ContainerDefinition container : draft.containers()) {
      ContainerRules.check(container, draft);
      RuntimeRules.check(container, draft);
      LinuxRules.check(container, draft);
      SecretRules.check(container, draft);
      LogRules.check(container, draft);
    }
    DependencyRules.check(draft);
  }
}
