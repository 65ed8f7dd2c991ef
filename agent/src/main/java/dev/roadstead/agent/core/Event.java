package dev.roadstead.agent.core;

import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Anything that can happen to a node. Errors are texts `<Name>: <text>`, null when all went well.
public sealed interface Event {
  /// Work arrived.
  ///
  /// @param fresh unguessable texts of 32 hex digits, two per container in the message
  record Payload(PayloadMessage message, List<String> fresh) implements Event {}

  record Manifest(TaskManifestMessage message) implements Event {}

  record StopVerified(TaskStopVerificationAck message) implements Event {}

  /// Volumes and control groups of a task are there, or not.
  record Prepared(String taskArn, @Nullable String error) implements Event {}

  /// An image is here, or cannot be had.
  ///
  /// @param startedAt when the transfer began; null when nothing was transferred
  /// @param digest of what was transferred; null when unknown
  record Pulled(
      String taskArn,
      String container,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant stoppedAt,
      @Nullable String digest)
      implements Event {}

  /// The container exists and is about to be started.
  record Created(
      String taskArn,
      String container,
      String dockerId,
      @Nullable String imageId,
      @Nullable String imageDigest,
      List<NetworkBinding> bindings)
      implements Event {}

  /// A launch is over.
  record Launched(String taskArn, String container, @Nullable String error) implements Event {}

  /// An existing container was started, or not.
  record Started(String taskArn, String container, @Nullable String error) implements Event {}

  /// A stop is over; what became of the container was told before, as Seen.
  record Stopped(String taskArn, String container, @Nullable String error) implements Event {}

  /// The engine showed a container.
  record Seen(String taskArn, String container, Sighting sighting) implements Event {}

  /// The engine showed all containers that carry our labels. Those that were expected and are not
  /// there are told as MISSING.
  ///
  /// @param engineWasAway the engine could not be reached for a while before
  record Resynced(List<Found> found, boolean engineWasAway) implements Event {}

  /// One of all containers.
  record Found(String taskArn, String container, String dockerName, Sighting sighting) {}

  /// The control plane accepted a report.
  record Reported(SubmitTaskStateChangeRequest report) implements Event {}

  /// A time has come that the core asked for.
  record Woke(String taskArn) implements Event {}

  /// The remains of a task are gone.
  record Removed(String taskArn, @Nullable String error) implements Event {}

  /// A defect of ours was met while something was done for a task.
  record Broken(String taskArn, String error) implements Event {}

  /// Work arrived that could not be saved.
  record SaveFailed(PayloadMessage message, String error) implements Event {}

  /// The task an event is about; null when it is about several or none.
  static @Nullable String taskOf(Event event) {
    return switch (event) {
      case Prepared e -> e.taskArn();
      case Pulled e -> e.taskArn();
      case Created e -> e.taskArn();
      case Launched e -> e.taskArn();
      case Started e -> e.taskArn();
      case Stopped e -> e.taskArn();
      case Seen e -> e.taskArn();
      case Reported e -> e.report().task();
      case Woke e -> e.taskArn();
      case Removed e -> e.taskArn();
      case Broken e -> e.taskArn();
      case Payload _, Manifest _, StopVerified _, Resynced _, SaveFailed _ -> null;
    };
  }
}
