package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.engine.root.State;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesRequest;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesResponse;

/// An agent reports what became of attachments of its instance. There are none here: accepted, and
/// nothing follows. Source: Amazon ECS API reference, SubmitAttachmentStateChanges.
public final class SubmitAttachmentStateChanges
    implements Read<SubmitAttachmentStateChangesRequest, SubmitAttachmentStateChangesResponse> {
  @Override
  public SubmitAttachmentStateChangesResponse answer(
      State state, SubmitAttachmentStateChangesRequest request, Call call) {
    return SubmitAttachmentStateChangesResponse.builder()
        .acknowledgment(Reports.ACKNOWLEDGMENT)
        .build();
  }
}
