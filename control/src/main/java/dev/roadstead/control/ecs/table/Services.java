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

/// Services by account, region, cluster and name. The only maker of changes to them.
public final class Services {
  public static final Table<Service> TABLE = Table.of("services", Service.class, Service::key);

  /// ACTIVE ones, by cluster.
  public static final Index<Service> ACTIVE_BY_CLUSTER =
      TABLE.index("active-by-cluster", row -> listIf(row.active(), row.clusterKey()));

  /// INACTIVE ones, by cluster.
  public static final Index<Service> INACTIVE_BY_CLUSTER =
      TABLE.index("inactive-by-cluster", row -> listIf(row.inactive(), row.clusterKey()));

  /// ACTIVE ones with one task on each instance, by cluster.
  public static final Index<Service> DAEMONS_BY_CLUSTER =
      TABLE.index(
          "daemons-by-cluster", row -> listIf(row.active() && row.daemon(), row.clusterKey()));

  /// ACTIVE ones that are spread again when zones come and go, by cluster.
  public static final Index<Service> REBALANCED_BY_CLUSTER =
      TABLE.index(
          "rebalanced-by-cluster",
          row -> listIf(row.active() && row.rebalanced(), row.clusterKey()));

  /// Those of them whose tasks are not spread evenly and that said so, by cluster.
  public static final Index<Service> UNEVEN_BY_CLUSTER =
      TABLE.index(
          "uneven-by-cluster",
          row ->
              listIf(
                  row.active()
                      && row.rebalanced()
                      && row.notices().stream()
                          .anyMatch(one -> one.kind() == ServiceNotice.Kind.REBALANCING),
                  row.clusterKey()));

  /// Those with tasks that could not be placed, by cluster.
  public static final Index<Service> WAITING_BY_CLUSTER =
      TABLE.index(
          "waiting-by-cluster",
          row -> listIf(row.active() && row.placementRetryAt() != null, row.clusterKey()));

  /// By the keys of the task definitions that their deployments are of.
  public static final Index<Service> BY_DEFINITION =
      TABLE.index(
          "by-definition",
          row ->
              row.deployments().stream()
                  .map(one -> TaskDefinitions.key(row.scope(), one.family(), one.revision()))
                  .distinct()
                  .toList());

  /// Those whose strategy names a capacity provider, by {@link ContainerInstances#providerGroup}.
  public static final Index<Service> BY_PROVIDER =
      TABLE.index(
          "by-provider",
          row ->
              row.inactive()
                  ? List.of()
                  : row.strategy().stream()
                      .map(
                          item ->
                              ContainerInstances.providerGroup(row.clusterKey(), item.provider()))
                      .distinct()
                      .toList());

  /// Those with a deployment going on that is watched by alarms, by the keys of these.
  public static final Index<Service> BY_ALARM = TABLE.index("by-alarm", Services::alarms);

  /// How many services a cluster has, by its key.
  public static final Aggregate<Service, ServiceCounts> BY_CLUSTER =
      TABLE.aggregate(
          "counts-by-cluster",
          row -> row.inactive() ? null : row.clusterKey(),
          ServiceCounts.NONE,
          ServiceCounts::plus,
          ServiceCounts::minus);

  /// How long an INACTIVE service stays describable, with its service deployments and revisions: as
  /// long as stopped tasks are. AWS publishes no figure.
  public static final Duration INACTIVE_RETENTION = Duration.ofDays(30);

  /// The most INACTIVE services of a cluster; the one that ended first is forgotten first. A tenth
  /// of them with full histories is some 100 MiB of rows.
  public static final int INACTIVE_MAX = 1000;

  /// The most services of a cluster that are not INACTIVE. Source: ECS quotas, services per
  /// cluster.
  public static final int PER_CLUSTER_MAX = 5000;

  static {
    TABLE.dueAt(row -> row.inactiveAt() == null ? row.wakeAt() : expiry(row.inactiveAt()));
  }

  private Services() {}

  /// When a service that ended then is forgotten.
  public static Instant expiry(Instant inactiveAt) {
    return inactiveAt.plus(INACTIVE_RETENTION);
  }

  /// The service of that name or ARN in that cluster, whatever its status, or null. An ARN of
  /// another cluster names nothing.
  public static @Nullable Service find(State state, Scope scope, String cluster, String nameOrArn) {
    String key = new ClusterResource(scope, "service", cluster, nameOrArn).key();
    return key == null ? null : state.find(TABLE, key);
  }

  /// A new service. One of the same name may be there only if it is INACTIVE.
  public static Change create(@Nullable Service before, Service service) {
    Invariant.check(before == null || before.inactive(), "only an INACTIVE service is replaced");
    Invariant.check(service.active(), "a new service is ACTIVE");
    return TABLE.put(check(service));
  }

  /// The service with changes; yields nothing when nothing changed. Its status only moves forward.
  public static List<Change> update(Service before, Service after) {
    Invariant.check(before.key().equals(after.key()), "a service keeps its key");
    if (after.equals(before)) {
      return List.of();
    }
    Invariant.check(
        rank(before) <= rank(after),
        () -> before.arn() + " may not go from " + before.status() + " to " + after.status());
    return List.of(TABLE.put(check(after)));
  }

  /// Forgets a service that has been INACTIVE for long enough.
  public static Change forget(Service service) {
    Invariant.check(service.inactive(), "only an INACTIVE service is forgotten");
    return TABLE.delete(service.key());
  }

  private static Service check(Service service) {
    Invariant.check(
        service.inactive() == (service.inactiveAt() != null), "inactiveAt goes with INACTIVE");
    Invariant.check(
        (service.inactive() || service.external()) == service.deployments().isEmpty(),
        "a service has deployments until it is INACTIVE, or task sets instead");
    return service;
  }

  private static List<String> alarms(Service row) {
    if (row.deployments().isEmpty() || !row.primary().inProgress()) {
      return List.of();
    }
    AlarmWatch watch = row.primary().alarms();
    return watch == null
        ? List.of()
        : watch.names().stream().map(row.scope()::key).distinct().toList();
  }

  private static int rank(Service service) {
    return List.of(Service.ACTIVE, Service.DRAINING, Service.INACTIVE).indexOf(service.status());
  }

  private static List<String> listIf(boolean in, String key) {
    return in ? List.of(key) : List.of();
  }
}
