package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Container instances by account, region, cluster and id.
public final class ContainerInstances {
  public static final Table<ContainerInstance> TABLE =
      Table.of("container-instances", ContainerInstance.class, ContainerInstance::key);

  /// ACTIVE and DRAINING ones, by cluster.
  public static final Index<ContainerInstance> REGISTERED_BY_CLUSTER =
      TABLE.index(
          "registered-by-cluster",
          row ->
              row.status().equals(ContainerInstance.INACTIVE)
                  ? List.of()
                  : List.of(row.clusterKey()));

  /// ACTIVE and DRAINING ones that joined a capacity provider, by {@link #providerGroup}.
  public static final Index<ContainerInstance> BY_PROVIDER =
      TABLE.index("by-provider", row -> provider(row));

  /// All of them, by cluster.
  public static final Index<ContainerInstance> BY_CLUSTER =
      TABLE.index("by-cluster", row -> List.of(row.clusterKey()));

  /// By account, region and the client token of their registration.
  public static final Index<ContainerInstance> BY_CLIENT_TOKEN =
      TABLE.index(
          "by-client-token",
          row ->
              row.clientToken() == null ? List.of() : List.of(row.scope().key(row.clientToken())));

  /// How many may take tasks in each availability zone, by cluster.
  public static final Aggregate<ContainerInstance, ZoneCounts> ZONES =
      TABLE.aggregate(
          "zones-by-cluster",
          row -> row.eligible() ? row.clusterKey() : null,
          ZoneCounts.NONE,
          ZoneCounts::plus,
          ZoneCounts::minus);

  /// How long a deregistered instance stays describable. AWS names no time; as long as the tasks
  /// that it had, so that what they name is found.
  public static final Duration INACTIVE_RETENTION = Tasks.STOPPED_RETENTION;

  static {
    TABLE.dueAt(row -> row.inactiveAt() == null ? row.lostAt() : expiry(row.inactiveAt()));
    TABLE.feeds(Fleets.VIEW, Fleets::instance);
    TABLE.feeds(Crowds.VIEW, Crowds::instance);
  }

  private ContainerInstances() {}

  /// The group of {@link #BY_PROVIDER} of a capacity provider's instances in a cluster.
  public static String providerGroup(String clusterKey, String provider) {
    return clusterKey + "/" + provider;
  }

  private static List<String> provider(ContainerInstance row) {
    String name = row.capacityProviderName();
    return name == null || row.status().equals(ContainerInstance.INACTIVE)
        ? List.of()
        : List.of(providerGroup(row.clusterKey(), name));
  }

  /// When an instance deregistered then is forgotten.
  public static Instant expiry(Instant inactiveAt) {
    return inactiveAt.plus(INACTIVE_RETENTION);
  }

  /// Forgets an instance that has been INACTIVE for long enough.
  public static Change forget(ContainerInstance instance) {
    Invariant.check(
        instance.status().equals(ContainerInstance.INACTIVE),
        () -> instance.arn() + " is registered and not forgotten");
    return TABLE.delete(instance.key());
  }

  /// The instance of that id or ARN in that cluster, or null. An ARN of another cluster names
  /// nothing.
  public static @Nullable ContainerInstance find(
      State state, Scope scope, String cluster, String idOrArn) {
    String key = new ClusterResource(scope, "container-instance", cluster, idOrArn).key();
    return key == null ? null : state.find(TABLE, key);
  }

  /// A newly registered instance.
  public static Change create(ContainerInstance instance) {
    Invariant.check(instance.version() == 1, "a new container instance has version 1");
    return TABLE.put(instance);
  }

  /// The instance with changes that others may see: its version is one more than before. Yields
  /// nothing when nothing changed.
  public static List<Change> update(ContainerInstance before, ContainerInstance after) {
    Invariant.check(before.key().equals(after.key()), "a container instance keeps its key");
    if (after.equals(before)) {
      return List.of();
    }
    Invariant.check(
        !before.status().equals(ContainerInstance.INACTIVE)
            || after.status().equals(ContainerInstance.INACTIVE),
        () -> before.arn() + " may not come back from INACTIVE");
    return List.of(
        TABLE.put(ContainerInstanceBuilder.builder(after).version(before.version() + 1).build()));
  }
}
