package dev.roadstead.control.ecs.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.taskdefinition.RegisterTaskDefinition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;

/// Tags are merged by key, bounded, and found by the ARN of their resource.
@SuppressWarnings("unchecked") // generic varargs of the SDK's builders
class TagResourceTest {
  private static final String PREFIX = "arn:aws:ecs:eu-central-1:123456789012:";
  private static final String ARN = PREFIX + "task-definition/web:1";

  private final World world =
      new World(
          List.of(
              Clusters.TABLE,
              ContainerInstances.TABLE,
              Services.TABLE,
              Tasks.TABLE,
              TaskDefinitions.TABLE,
              TaskDefinitions.FAMILIES));
  private final TagResource operation = new TagResource(TaggedTables.all());

  @BeforeEach
  void register() {
    world.call(
        new RegisterTaskDefinition(),
        RegisterTaskDefinitionRequest.builder()
            .family("web")
            .containerDefinitions(c -> c.name("app").image("busybox").memory(64))
            .tags(tag("a", "1"), tag("b", "2"))
            .build());
  }

  @Test
  void mergesByKeyAndRemoves() {
    world.call(operation, request(ARN, tag("c", ""), tag("a", "9")));
    assertThat(tags()).containsExactly(tag("a", "9"), tag("b", "2"), tag("c", ""));

    world.call(
        new UntagResource(TaggedTables.all()),
        UntagResourceRequest.builder().resourceArn(ARN).tagKeys("b", "unknown").build());
    assertThat(tags()).containsExactly(tag("a", "9"), tag("c", ""));
  }

  @Test
  void refusesBadTags() {
    assertRefused(request(ARN, tag("AWS:x", "")), "InvalidParameterException");
    assertRefused(request(ARN, tag("", "")), "InvalidParameterException");
    assertRefused(request(ARN, tag("k".repeat(129), "")), "InvalidParameterException");
    assertRefused(request(ARN, tag("k", "v".repeat(257))), "InvalidParameterException");
    assertRefused(request(ARN, tag("k*", "")), "InvalidParameterException");
    assertRefused(request(ARN, tag("k", "1"), tag("k", "2")), "InvalidParameterException");
    Tag[] many = IntStream.range(0, 49).mapToObj(i -> tag("k" + i, "")).toArray(Tag[]::new);
    assertRefused(request(ARN, many), "LimitExceededException");
  }

  @Test
  void refusesResourcesThatAreNotThere() {
    Tag tag = tag("k", "v");
    assertRefused(request(PREFIX + "task-definition/web:2", tag), "ResourceNotFoundException");
    assertRefused(request(PREFIX + "cluster/gone", tag), "ClusterNotFoundException");
    assertRefused(request(PREFIX + "service/gone/s", tag), "ClusterNotFoundException");
    assertRefused(request("web", tag), "InvalidParameterException: Invalid resource ARN.");
    assertRefused(
        request(PREFIX + "service/s", tag),
        "InvalidParameterException: Long arn format must be used for tagging operations");
  }

  private void assertRefused(TagResourceRequest request, String start) {
    assertThat(world.refusal(operation, request)).hasMessageStartingWith(start);
  }

  private List<Tag> tags() {
    return world
        .call(
            new ListTagsForResource(TaggedTables.all()),
            ListTagsForResourceRequest.builder().resourceArn(ARN).build())
        .tags();
  }

  private static TagResourceRequest request(String arn, Tag... tags) {
    return TagResourceRequest.builder().resourceArn(arn).tags(tags).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
