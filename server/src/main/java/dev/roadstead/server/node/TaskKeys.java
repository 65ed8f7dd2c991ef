package dev.roadstead.server.node;

import dev.roadstead.control.node.TaskCredentials;
import dev.roadstead.wire.sigv4.Keys;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The keys of tasks beside all others. Whoever signs with those that the agent hands to a task
/// acts as the task's role, in the task's account. Only requests with a session token are looked
/// at: the others go straight on.
public final class TaskKeys implements Keys {
  private final Keys others;
  private final TaskCredentials credentials;
  private final InstantSource clock;

  /// @param others asked for every key that is not a task's
  public TaskKeys(Keys others, TaskCredentials credentials, InstantSource clock) {
    this.others = others;
    this.credentials = credentials;
    this.clock = clock;
  }

  /// Refuses with `ExpiredTokenException` when the key was a task's.
  @Override
  public @Nullable Key find(String accessKeyId, @Nullable String sessionToken) {
    if (sessionToken == null) {
      return others.find(accessKeyId, null);
    }
    TaskCredentials.Session session = credentials.find(accessKeyId, sessionToken, clock.instant());
    return session == null
        ? others.find(accessKeyId, sessionToken)
        : new Key(session.secretAccessKey(), session.account(), session.principalArn());
  }
}
