package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The history of the services' deployments, with their revisions. The only maker of changes to
/// either.
public final class DeploymentRecords {
  public static final Table<DeploymentRecord> TABLE =
      Table.of("service-deployments", DeploymentRecord.class, DeploymentRecord::key);

  public static final Index<DeploymentRecord> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  /// How many are kept of a service: as many as of its events.
  public static final int KEPT_MAX = 100;

  /// How long they are kept. Source: ECS developer guide, "View service history using Amazon ECS
  /// service deployments". Older ones are dropped when another deployment begins.
  public static final Duration RETENTION = Duration.ofDays(90);

  private DeploymentRecords() {}

  public static String arn(Scope scope, String cluster, String service, String id) {
    return scope.arn("ecs", "service-deployment/" + cluster + "/" + service + "/" + id).toString();
  }

  /// Those of a service, newest first.
  public static List<DeploymentRecord> newestFirst(State state, String serviceKey) {
    return state.rows(BY_SERVICE, serviceKey).stream()
        .sorted(Comparator.comparingLong(DeploymentRecord::sequence).reversed())
        .toList();
  }

  /// The newest one that ended well, other than this; null when there is none. What it brought the
  /// service to is what a rollback goes back to.
  public static @Nullable DeploymentRecord lastSuccessful(State state, DeploymentRecord other) {
    return newestFirst(state, other.serviceKey()).stream()
        .filter(one -> one.status() == Status.SUCCESSFUL && !one.id().equals(other.id()))
        .findFirst()
        .orElse(null);
  }

  /// A new one with its revision. What is too old or too many is dropped, but not what a rollback
  /// would go back to.
  public static List<Change> begin(
      State state, DeploymentRecord begun, ServiceRevision revision, Instant now) {
    Invariant.check(begun.target().revisionId().equals(revision.id()), "another revision");
    List<Change> changes = new ArrayList<>();
    List<DeploymentRecord> old = newestFirst(state, begun.serviceKey());
    DeploymentRecord last = lastSuccessful(state, begun);
    for (int i = 0; i < old.size(); i++) {
      DeploymentRecord one = old.get(i);
      boolean keep =
          !one.status().ended()
              || one.equals(last)
              || (i < KEPT_MAX - 1 && one.createdAt().plus(RETENTION).isAfter(now));
      if (!keep) {
        changes.addAll(forget(one));
      }
    }
    changes.add(ServiceRevisions.create(revision));
    changes.add(TABLE.put(begun));
    return changes;
  }

  /// The record with changes; yields nothing when nothing changed. What ended stays as it is.
  public static List<Change> update(DeploymentRecord before, DeploymentRecord after) {
    Invariant.check(before.key().equals(after.key()), "a record keeps its key");
    if (after.equals(before)) {
      return List.of();
    }
    Invariant.check(
        before.status().mayBecome(after.status()),
        () -> before.arn() + " may not go from " + before.status() + " to " + after.status());
    Invariant.check(
        after.status().ended() == (after.finishedAt() != null), "finishedAt goes with the end");
    return List.of(TABLE.put(after));
  }

  /// Drops every one of a service, with the revisions.
  public static List<Change> forget(State state, String serviceKey) {
    return state.rows(BY_SERVICE, serviceKey).stream()
        .flatMap(one -> forget(one).stream())
        .toList();
  }

  private static List<Change> forget(DeploymentRecord one) {
    String revision = one.scope().key(one.cluster(), one.service(), one.target().revisionId());
    return List.of(TABLE.delete(one.key()), ServiceRevisions.forget(revision));
  }
}
