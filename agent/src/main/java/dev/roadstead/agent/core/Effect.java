package dev.roadstead.agent.core;

import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import java.time.Duration;
import java.time.Instant;

/// What the shell must do. Within one step, saves are done first; all others may run side by side.
public sealed interface Effect {
  /// Saves a task.
  ///
  /// @param durable must be on disk before any other effect of this step runs
  record Save(TaskState task, boolean durable) implements Effect {}

  /// Removes a task from what is saved.
  record Forget(String taskArn) implements Effect {}

  record SaveTimeline(long timeline) implements Effect {}

  record SendAcs(AcsAgentMessage message) implements Effect {}

  /// Makes volumes and control groups; answered by Prepared.
  record Prepare(TaskState task) implements Effect {}

  /// Answered by Pulled.
  record Pull(TaskState task, String container) implements Effect {}

  /// Ends a pull that nobody needs any more.
  record CancelPull(String taskArn, String container) implements Effect {}

  /// Creates and starts; answered by Created and Launched.
  record Launch(TaskState task, String container) implements Effect {}

  /// Starts an existing container; answered by Started.
  record Start(String taskArn, String container, String dockerId) implements Effect {}

  /// SIGTERM, after the time-out SIGKILL; answered by Seen and Stopped.
  record Stop(String taskArn, String container, String dockerId, Duration timeout)
      implements Effect {}

  /// Answered by Seen.
  record Inspect(String taskArn, String container, String dockerId) implements Effect {}

  /// Sends a report until it is accepted; answered by Reported.
  record Submit(SubmitTaskStateChangeRequest report) implements Effect {}

  /// Removes containers, volumes, control groups; answered by Removed.
  record Remove(TaskState task) implements Effect {}

  /// Answered by Woke, not before that time.
  record Wake(String taskArn, Instant at) implements Effect {}

  /// Health of a container changed: tell soon.
  record HealthChanged(String taskArn, String container) implements Effect {}

  /// A line for the log.
  record Note(String text) implements Effect {}
}
