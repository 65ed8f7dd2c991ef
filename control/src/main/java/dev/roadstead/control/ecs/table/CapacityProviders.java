package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Arn;
import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Capacity providers by account, region and name. FARGATE and FARGATE_SPOT are in every account
/// and have no row.
public final class CapacityProviders {
  public static final Table<CapacityProvider> TABLE =
      Table.of("capacity-providers", CapacityProvider.class, CapacityProvider::key);

  /// By account and region.
  public static final Index<CapacityProvider> BY_SCOPE =
      TABLE.index("by-scope", row -> List.of(row.scope().key()));

  /// The predefined ones. Source: ECS developer guide, "Amazon ECS clusters for Fargate".
  public static final List<String> FARGATE = List.of("FARGATE", "FARGATE_SPOT");

  /// How long a deleted one stays describable; as long as a deleted cluster.
  public static final Duration INACTIVE_RETENTION = Clusters.INACTIVE_RETENTION;

  private static final String TYPE = "capacity-provider";

  static {
    TABLE.dueAt(row -> row.inactiveAt() == null ? null : expiry(row.inactiveAt()));
  }

  private CapacityProviders() {}

  /// The name in a short name or an ARN; an ARN of something else, or of another account or region,
  /// names nothing here and is returned whole.
  public static String nameOf(String nameOrArn, Scope scope) {
    Arn arn = Arn.parse(nameOrArn);
    return arn != null
            && arn.resourceType().equals(TYPE)
            && arn.account().equals(scope.account())
            && arn.region().equals(scope.region())
        ? arn.resourcePath()
        : nameOrArn;
  }

  /// The provider of that name or ARN, whatever its status, or null.
  public static @Nullable CapacityProvider find(State state, Scope scope, String nameOrArn) {
    return state.find(TABLE, scope.key(nameOf(nameOrArn, scope)));
  }

  /// The ACTIVE provider of that name or ARN. Refuses with ClientException.
  public static CapacityProvider require(State state, Scope scope, @Nullable String nameOrArn) {
    CapacityProvider found = nameOrArn == null ? null : find(state, scope, nameOrArn);
    if (found == null || !found.active()) {
      throw missing();
    }
    return found;
  }

  public static Refusal missing() {
    return EcsErrors.client(
        "The specified capacity provider does not exist. Specify a valid name or ARN and try"
            + " again.");
  }

  /// When a provider deleted then is forgotten.
  public static Instant expiry(Instant inactiveAt) {
    return inactiveAt.plus(INACTIVE_RETENTION);
  }

  /// Stores a new or changed provider.
  public static Change put(CapacityProvider provider) {
    Invariant.check(
        provider.active() == (provider.inactiveAt() == null), "inactiveAt goes with INACTIVE");
    return TABLE.put(provider);
  }

  /// Forgets a provider that has been INACTIVE for long enough.
  public static Change forget(CapacityProvider provider) {
    Invariant.check(!provider.active(), "an active capacity provider is not forgotten");
    return TABLE.delete(provider.key());
  }
}
