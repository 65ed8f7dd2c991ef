package dev.roadstead.control.ecs.tag;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;

/// The operations of tags.
public final class TagOperations {
  private TagOperations() {}

  public static List<Entry> entries() {
    TaggedTables tables = TaggedTables.all();
    return List.of(
        Entry.of("TagResource", TagResourceRequest::builder, new TagResource(tables)),
        Entry.of("UntagResource", UntagResourceRequest::builder, new UntagResource(tables)),
        Entry.of(
            "ListTagsForResource",
            ListTagsForResourceRequest::builder,
            new ListTagsForResource(tables)));
  }
}
