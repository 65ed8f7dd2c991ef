package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Arn;
import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clusters by account, region and name.
public final class Clusters {
  public static final Table<Cluster> TABLE = Table.of("clusters", Cluster.class, Cluster::key);

  /// By account and region.
  public static final Index<Cluster> BY_SCOPE =
      TABLE.index("by-scope", row -> List.of(row.scope().key()));

  /// The cluster that is meant when none is named. Source: ECS API reference, CreateCluster.
  public static final String DEFAULT = "default";

  /// How long a deleted cluster stays describable. AWS keeps it "for a period of time".
  public static final Duration INACTIVE_RETENTION = Duration.ofHours(24);

  static {
    TABLE.dueAt(row -> row.inactiveAt() == null ? null : expiry(row.inactiveAt()));
  }

  private Clusters() {}

  /// The name in a short name or an ARN; null means the default cluster. An ARN of another account
  /// or region names nothing here and is returned whole, so that it is not found.
  public static String nameOf(@Nullable String nameOrArn, Scope scope) {
    if (nameOrArn == null || nameOrArn.isEmpty()) {
      return DEFAULT;
    }
    Arn arn = Arn.parse(nameOrArn);
    if (arn == null
        || !arn.resourceType().equals("cluster")
        || !arn.account().equals(scope.account())
        || !arn.region().equals(scope.region())) {
      return nameOrArn;
    }
    return arn.resourcePath();
  }

  /// The cluster of that name or ARN, whatever its status, or null.
  public static @Nullable Cluster find(State state, Scope scope, @Nullable String nameOrArn) {
    return state.find(TABLE, scope.key(nameOf(nameOrArn, scope)));
  }

  /// The active cluster of that name or ARN. Refuses with ClusterNotFoundException.
  public static Cluster require(State state, Scope scope, @Nullable String nameOrArn) {
    Cluster cluster = find(state, scope, nameOrArn);
    if (cluster == null) {
      throw EcsErrors.clusterNotFound();
    }
    if (!cluster.active()) {
      throw EcsErrors.clusterInactive();
    }
    return cluster;
  }

  /// When a cluster deleted then is forgotten.
  public static Instant expiry(Instant inactiveAt) {
    return inactiveAt.plus(INACTIVE_RETENTION);
  }

  /// Stores a new or changed cluster.
  public static Change put(Cluster cluster) {
    Invariant.check(
        cluster.active() == (cluster.inactiveAt() == null), "inactiveAt goes with INACTIVE");
    return TABLE.put(cluster);
  }

  /// Forgets a cluster that has been INACTIVE for long enough.
  public static Change forget(Cluster cluster) {
    Invariant.check(!cluster.active(), "an active cluster is not forgotten");
    return TABLE.delete(cluster.key());
  }
}
