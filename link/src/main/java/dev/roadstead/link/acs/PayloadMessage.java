package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import dev.roadstead.link.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work: tasks to run or to stop. Acknowledged once saved.
/// @param generatedAt epoch milliseconds
public record PayloadMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String messageId,
    @Nullable Long generatedAt,
    @Nullable Integer seqNum,
    @Nullable String timeline,
    List<Task> tasks)
    implements AcsServerMessage {
  public PayloadMessage {
    tasks = Copies.of(tasks);
  }
}
