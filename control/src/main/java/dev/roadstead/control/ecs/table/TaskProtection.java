package dev.roadstead.control.ecs.table;

import java.time.Instant;

/// That the scheduler may not stop a task of a service to scale in or to replace it. Source: ECS
/// developer guide, "Protect your Amazon ECS tasks from being terminated by scale-in events".
///
/// @param taskKey key of the task's row
/// @param serviceKey key of the service's row
/// @param clusterKey key of the cluster's row
/// @param expiresAt when it ends by itself
public record TaskProtection(
    String taskKey, String serviceKey, String clusterKey, Instant expiresAt) {}
