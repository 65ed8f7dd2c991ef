package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeResponse;

/// An agent reports what became of one container. Never refuses. Source: Amazon ECS API reference,
/// SubmitContainerStateChange.
public final class SubmitContainerStateChange
    implements Write<SubmitContainerStateChangeRequest, SubmitContainerStateChangeResponse> {
  private static final SubmitContainerStateChangeResponse ANSWER =
      SubmitContainerStateChangeResponse.builder().acknowledgment(Reports.ACKNOWLEDGMENT).build();

  @Override
  public Decision<SubmitContainerStateChangeResponse> decide(
      State state, SubmitContainerStateChangeRequest request, Call call) {
    if (request.containerName() == null) {
      return Decision.unchanged(ANSWER);
    }
    Report.Container container =
        new Report.Container(
            request.containerName(),
            request.status(),
            request.exitCode(),
            request.reason(),
            request.runtimeId(),
            null,
            Reports.bindings(request.networkBindings()));
    Report report = new Report(null, null, List.of(container), null, null, null);
    return new Decision<>(
        Reports.changes(state, request.cluster(), request.task(), report, call), ANSWER);
  }
}
