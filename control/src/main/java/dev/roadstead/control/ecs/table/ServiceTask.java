package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;

/// That a service follows a task: from its start until its end has been taken into account, once.
///
/// @param taskKey key of the task's row
/// @param serviceKey key of the service's row
/// @param deploymentId `ecs-svc/DIGITS`
/// @param proven whether it has been healthy
/// @param away whether its instance was lost, so that another task may have taken its place; until
///     it is back and found to be needed
@RecordBuilder
public record ServiceTask(
    String taskKey, String serviceKey, String deploymentId, boolean proven, boolean away) {}
