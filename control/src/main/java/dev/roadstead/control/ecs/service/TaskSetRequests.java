package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Scale;

/// What the requests about task sets share, checked. Source: Amazon ECS API reference,
/// CreateTaskSet.
final class TaskSetRequests {
  private static final double PERCENT_MAX = 100; // the AWS limit

  private TaskSetRequests() {}

  /// The ACTIVE service with the EXTERNAL controller that a request names.
  static Service service(
      State state, Scope scope, @Nullable String cluster, @Nullable String nameOrArn) {
    String name = Clusters.require(state, scope, cluster).name();
    Service service = Services.find(state, scope, name, Text.service(nameOrArn));
    if (service == null) {
      throw EcsErrors.serviceNotFound();
    }
    if (!service.active()) {
      throw EcsErrors.of("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    if (!service.external()) {
      throw EcsErrors.invalidParameter(
          "Amazon ECS only supports task set management on services configured to use external"
              + " deployment controllers.");
    }
    return service;
  }

  /// The service's task set that a request names, which must not be DRAINING.
  static TaskSet set(State state, Service service, @Nullable String idOrArn) {
    TaskSet set = any(state, service, idOrArn);
    if (set.draining()) {
      throw missing();
    }
    return set;
  }

  /// The service's task set that a request names, whatever its status.
  static TaskSet any(State state, Service service, @Nullable String idOrArn) {
    if (idOrArn == null || idOrArn.isEmpty()) {
      throw EcsErrors.invalidParameter("Task set can not be blank.");
    }
    TaskSet set = TaskSets.find(state, service, idOrArn);
    if (set == null) {
      throw missing();
    }
    return set;
  }

  private static RuntimeException missing() {
    return EcsErrors.of("TaskSetNotFoundException", "The specified task set does not exist.");
  }

  /// In percent of the desired count.
  static double scale(Scale sent) {
    if (sent.unitAsString() != null) {
      Text.oneOf(sent.unitAsString(), "PERCENT");
    }
    double value = sent.value() == null ? PERCENT_MAX : sent.value();
    if (!(value >= 0 && value <= PERCENT_MAX)) {
      throw EcsErrors.invalidParameter("scale value must be between 0 and 100.");
    }
    return value;
  }

  /// Of a service without a task definition, or of its task sets.
  static String launchType(@Nullable String sent) {
    String type =
        sent == null ? "EC2" : Text.oneOf(sent, "EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES");
    Unbuilt.refuse(!type.equals("EC2") && !type.equals("EXTERNAL"), "Launch type " + type);
    return type;
  }
}
