package dev.roadstead.control.node.payload;

import dev.roadstead.base.Arn;
import dev.roadstead.link.task.Container;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Secret;

/// References to secrets: the agent fetches them with the execution role. Source: ECS API
/// reference, Secret: an ARN of Secrets Manager, or an ARN or name of a parameter of Systems
/// Manager.
final class Secrets {
  private static final String SECRETS_MANAGER = "secretsmanager";

  private Secrets() {}

  static List<Container.Secret> of(ContainerDefinition from, String region) {
    List<Container.Secret> all = new ArrayList<>();
    for (Secret one : from.secrets()) {
      all.add(secret(one, region, "ENVIRONMENT_VARIABLE", "CONTAINER"));
    }
    if (from.logConfiguration() != null) {
      for (Secret one : from.logConfiguration().secretOptions()) {
        all.add(secret(one, region, "BOOTSTRAP", "LOG_DRIVER"));
      }
    }
    return all;
  }

  private static Container.Secret secret(Secret from, String region, String type, String target) {
    Arn arn = Arn.parse(from.valueFrom());
    String provider = arn != null && arn.service().equals(SECRETS_MANAGER) ? "asm" : "ssm";
    return new Container.Secret(
        from.name(), from.valueFrom(), regionOf(arn, region), provider, type, target, null);
  }

  static String regionOf(@Nullable Arn arn, String region) {
    return arn == null || arn.region().isEmpty() ? region : arn.region();
  }
}
