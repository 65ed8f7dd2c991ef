package dev.roadstead.control.ecs.table;

/// That a service follows a task: from its start until its end has been taken into account, once.
///
/// @param taskKey key of the task's row
/// @param serviceKey key of the service's row
/// @param deploymentId `ecs-svc/DIGITS`
/// @param proven whether it has been healthy
public record ServiceTask(String taskKey, String serviceKey, String deploymentId, boolean proven) {}
