package dev.roadstead.control.node;

import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.engine.table.Table;
import java.util.HexFormat;
import java.util.List;

/// Secrets of the control plane itself, by name. There is one.
public final class NodeSecrets {
  public static final Table<NodeSecret> TABLE =
      Table.of("node-secrets", NodeSecret.class, NodeSecret::name);

  private static final String TASK_CREDENTIALS = "task-credentials";

  private NodeSecrets() {}

  /// The secret that credentials of tasks are derived from; made when there is none yet.
  public static Work<NodeSecret> taskCredentials() {
    return (state, moment) -> {
      NodeSecret known = state.find(TABLE, TASK_CREDENTIALS);
      if (known != null) {
        return new Outcome<>(List.of(), known);
      }
      byte[] bytes = new byte[TaskCredentials.SECRET_BYTES];
      moment.random().nextBytes(bytes);
      NodeSecret made = new NodeSecret(TASK_CREDENTIALS, HexFormat.of().formatHex(bytes));
      return new Outcome<>(List.of(TABLE.put(made)), made);
    };
  }

  /// The bytes of a secret.
  public static byte[] bytes(NodeSecret secret) {
    return HexFormat.of().parseHex(secret.hex());
  }
}
