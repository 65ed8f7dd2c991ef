package dev.roadstead.control.ecs.tag;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.engine.root.State;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/// Takes tags off a resource; keys it does not have do no harm. Source: ECS API reference,
/// UntagResource.
public final class UntagResource implements Write<UntagResourceRequest, UntagResourceResponse> {
  private final TaggedTables tables;

  public UntagResource(TaggedTables tables) {
    this.tables = tables;
  }

  @Override
  public Decision<UntagResourceResponse> decide(
      State state, UntagResourceRequest request, Call call) {
    if (request.tagKeys().isEmpty()) {
      throw EcsErrors.invalidParameter("Tag keys can not be empty.");
    }
    TaggedTable.Tagged resource = tables.find(state, call.scope(), request.resourceArn());
    if (resource == null) {
      throw TagResource.notFound();
    }
    return new Decision<>(
        resource.with(Tags.without(resource.tags(), request.tagKeys())),
        UntagResourceResponse.builder().build());
  }
}
