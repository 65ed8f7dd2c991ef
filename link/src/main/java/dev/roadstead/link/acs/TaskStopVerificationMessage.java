package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks the agent runs that the manifest does not list.
/// @param messageId the manifest's
public record TaskStopVerificationMessage(
    @Nullable String messageId, List<TaskIdentifier> stopCandidates) implements AcsAgentMessage {
  public TaskStopVerificationMessage {
    stopCandidates = Copies.of(stopCandidates);
  }
}
