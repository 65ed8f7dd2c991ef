package dev.roadstead.control.ecs.table;

/// That a task was started for a lifecycle hook of a service: until it has ended.
///
/// @param taskKey key of the task's row
/// @param serviceKey key of the service's row
/// @param hookId of the {@link HookRun}
public record HookTask(String taskKey, String serviceKey, String hookId) {}
