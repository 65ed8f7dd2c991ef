package dev.roadstead.agent.shell;

import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.IAMRoleCredentialsAckRequest;
import dev.roadstead.link.acs.IAMRoleCredentialsMessage;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keys of tasks, in memory only. After a restart the control plane sends them again.
final class Vault {
  private static final Duration YOUNG = Duration.ofMinutes(1);

  /// Keys of one credentials id and whose they are.
  private record Entry(String taskArn, RoleCredentials credentials, long keptNanos) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /// The keys under an id, or null.
  @Nullable RoleCredentials keys(String credentialsId) {
    Entry entry = entries.get(credentialsId);
    return entry == null ? null : entry.credentials();
  }

  /// Keeps what a payload brings; returns the acknowledgements.
  List<AcsAgentMessage> keep(PayloadMessage payload) {
    var acks = new ArrayList<AcsAgentMessage>();
    for (Task task : payload.tasks()) {
      keep(payload.messageId(), task.arn(), task.roleCredentials(), acks);
      keep(payload.messageId(), task.arn(), task.executionRoleCredentials(), acks);
    }
    return acks;
  }

  /// Keeps new keys; returns the acknowledgement, null when there is nothing to acknowledge.
  @Nullable AcsAgentMessage keep(IAMRoleCredentialsMessage message) {
    String arn = message.taskArn();
    var acks = new ArrayList<AcsAgentMessage>();
    if (arn != null) {
      keep(message.messageId(), arn, message.roleCredentials(), acks);
    }
    return acks.isEmpty() ? null : acks.getFirst();
  }

  private void keep(
      @Nullable String messageId,
      String arn,
      @Nullable RoleCredentials credentials,
      List<AcsAgentMessage> acks) {
    if (credentials == null || credentials.credentialsId() == null) {
      return;
    }
    entries.put(credentials.credentialsId(), new Entry(arn, credentials, System.nanoTime()));
    acks.add(
        new IAMRoleCredentialsAckRequest(
            messageId, credentials.expiration(), credentials.credentialsId()));
  }

  /// Forgets the keys of tasks that are gone, unless they came just now: their task may not be
  /// known yet.
  void forgetAllBut(Set<String> taskArns) {
    long now = System.nanoTime();
    entries
        .values()
        .removeIf(
            entry ->
                !taskArns.contains(entry.taskArn()) && now - entry.keptNanos() > YOUNG.toNanos());
  }
}
