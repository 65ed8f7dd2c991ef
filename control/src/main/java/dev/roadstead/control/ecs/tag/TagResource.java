package dev.roadstead.control.ecs.tag;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.api.Refusal;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;

/// Adds tags to a resource; equal keys take the new value. Source: ECS API reference, TagResource.
public final class TagResource implements Write<TagResourceRequest, TagResourceResponse> {
  private final TaggedTables tables;

  public TagResource(TaggedTables tables) {
    this.tables = tables;
  }

  @Override
  public Decision<TagResourceResponse> decide(State state, TagResourceRequest request, Call call) {
    if (request.tags().isEmpty()) {
      throw EcsErrors.invalidParameter("Tags can not be empty.");
    }
    TaggedTable.Tagged resource = tables.find(state, call.scope(), request.resourceArn());
    if (resource == null) {
      throw notFound();
    }
    return new Decision<>(
        resource.with(Tags.merge(resource.tags(), request.tags())),
        TagResourceResponse.builder().build());
  }

  static Refusal notFound() {
    return EcsErrors.of("ResourceNotFoundException", "The specified resource could not be found.");
  }
}
