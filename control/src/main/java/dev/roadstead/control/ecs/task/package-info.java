/// Tasks: RunTask, StartTask, StopTask, DescribeTasks, ListTasks, and what makes a task's row.
/// Pure. Start at {@link dev.roadstead.control.ecs.task.Launch}.
@NullMarked
package dev.roadstead.control.ecs.task;

import org.jspecify.annotations.NullMarked;
