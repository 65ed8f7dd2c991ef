/// What a task payload holds: the task, its containers, volumes, credentials, interfaces.
/// Units: task cpu in vCPU, container cpu in CPU units, memory in MiB, timeouts in seconds.
/// Source: aws/amazon-ecs-agent 1.105, ecs-agent/acs/model and agent/api/task.
@NullMarked
package dev.roadstead.link.task;

import org.jspecify.annotations.NullMarked;
