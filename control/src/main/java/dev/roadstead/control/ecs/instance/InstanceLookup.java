package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;

/// Finds the container instance that a request names.
public final class InstanceLookup {
  private InstanceLookup() {}

  /// Refuses with InvalidParameterException when there is none.
  public static ContainerInstance require(
      State state, Scope scope, String cluster, @Nullable String idOrArn) {
    if (idOrArn == null || idOrArn.isEmpty()) {
      throw EcsErrors.invalidParameter("Container Instance can not be blank.");
    }
    ContainerInstance found = ContainerInstances.find(state, scope, cluster, idOrArn);
    if (found == null) {
      throw EcsErrors.invalidParameter("Referenced container instance " + idOrArn + " not found.");
    }
    return found;
  }

  /// The instance that an attribute's target names. Refuses with TargetNotFoundException.
  static ContainerInstance target(State state, Scope scope, String cluster, String idOrArn) {
    ContainerInstance found = ContainerInstances.find(state, scope, cluster, idOrArn);
    if (found == null || found.status().equals(ContainerInstance.INACTIVE)) {
      throw EcsErrors.of(
          "TargetNotFoundException", "The specified target wasn't found: " + idOrArn);
    }
    return found;
  }

  /// What is said about an instance of a batch that is not as it must be.
  public static Failure failure(Scope scope, String cluster, String idOrArn, String reason) {
    String arn = new ClusterResource(scope, "container-instance", cluster, idOrArn).arn();
    return Failure.builder().arn(arn).reason(reason).build();
  }
}
