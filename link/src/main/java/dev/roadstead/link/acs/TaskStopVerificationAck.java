package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The subset of stop candidates that the control plane confirms.
public record TaskStopVerificationAck(
    @Nullable String messageId, @Nullable Long generatedAt, List<TaskIdentifier> stopTasks)
    implements AcsServerMessage {
  public TaskStopVerificationAck {
    stopTasks = Copies.of(stopTasks);
  }
}
