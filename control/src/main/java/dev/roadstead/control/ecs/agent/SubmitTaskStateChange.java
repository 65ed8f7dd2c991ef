package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerStateChange;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeResponse;

/// An agent reports what became of a task and its containers. Never refuses: an agent drops or
/// repeats for ever what is refused. Source: Amazon ECS API reference, SubmitTaskStateChange.
public final class SubmitTaskStateChange
    implements Write<SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse> {
  private static final SubmitTaskStateChangeResponse ANSWER =
      SubmitTaskStateChangeResponse.builder().acknowledgment(Reports.ACKNOWLEDGMENT).build();

  @Override
  public Decision<SubmitTaskStateChangeResponse> decide(
      State state, SubmitTaskStateChangeRequest request, Call call) {
    List<Report.Container> containers = new ArrayList<>(request.containers().size());
    for (ContainerStateChange one : request.containers()) {
      if (one.containerName() != null) {
        containers.add(
            new Report.Container(
                one.containerName(),
                one.status(),
                one.exitCode(),
                one.reason(),
                one.runtimeId(),
                one.imageDigest(),
                Reports.bindings(one.networkBindings())));
      }
    }
    Report report =
        new Report(
            request.status(),
            request.reason(),
            containers,
            request.pullStartedAt(),
            request.pullStoppedAt(),
            request.executionStoppedAt());
    return new Decision<>(
        Reports.changes(state, request.cluster(), request.task(), report, call), ANSWER);
  }
}
