package dev.roadstead.control.ecs.tag;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.engine.root.State;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;

/// Shows the tags of a resource. Refuses an unknown one with InvalidParameterException: the model
/// has no other error for it. Source: ECS API reference, ListTagsForResource.
public final class ListTagsForResource
    implements Read<ListTagsForResourceRequest, ListTagsForResourceResponse> {
  private final TaggedTables tables;

  public ListTagsForResource(TaggedTables tables) {
    this.tables = tables;
  }

  @Override
  public ListTagsForResourceResponse answer(
      State state, ListTagsForResourceRequest request, Call call) {
    TaggedTable.Tagged resource = tables.find(state, call.scope(), request.resourceArn());
    if (resource == null) {
      throw EcsErrors.invalidParameter(TagResource.notFound().error().message());
    }
    return ListTagsForResourceResponse.builder().tags(Tags.toModel(resource.tags())).build();
  }
}
