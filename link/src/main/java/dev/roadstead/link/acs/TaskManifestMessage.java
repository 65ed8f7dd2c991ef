package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tasks a node should have. Discarded when its timeline is not above all earlier numbers.
public record TaskManifestMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String messageId,
    @Nullable Long generatedAt,
    @Nullable Long timeline,
    List<TaskIdentifier> tasks)
    implements AcsServerMessage {
  public TaskManifestMessage {
    tasks = Copies.of(tasks);
  }
}
