package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;

/// The operations of this package, for the catalogue.
public final class TaskOperations {
  private static final String LATER =
      "launch types FARGATE and MANAGED_INSTANCES, awsvpc,"
          + " volumeConfigurations; enableExecuteCommand is stored and has no effect yet";

  private TaskOperations() {}

  /// Each operation with what it lacks.
  ///
  /// @param history asked for stopped tasks whose rows are gone
  public static List<Entry> entries(TaskHistory history) {
    return List.of(
        Entry.partial("RunTask", RunTaskRequest::builder, new RunTask(), LATER),
        Entry.partial(
            "StartTask",
            StartTaskRequest::builder,
            new StartTask(),
            "awsvpc, volumeConfigurations; enableExecuteCommand is stored and has no effect yet"),
        Entry.of("StopTask", StopTaskRequest::builder, new StopTask()),
        Entry.of("DescribeTasks", DescribeTasksRequest::builder, new DescribeTasks(history)),
        Entry.of("ListTasks", ListTasksRequest::builder, new ListTasks(history)),
        Entry.of("GetTaskProtection", GetTaskProtectionRequest::builder, new GetTaskProtection()),
        Entry.of(
            "UpdateTaskProtection",
            UpdateTaskProtectionRequest::builder,
            new UpdateTaskProtection()));
  }
}
