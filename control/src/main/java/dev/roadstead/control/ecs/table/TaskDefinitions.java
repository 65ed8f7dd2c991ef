package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;

/// Task definitions by account, region, family and revision; keys sort by revision.
public final class TaskDefinitions {
  public static final Table<TaskDefinition> TABLE =
      Table.of("task-definitions", TaskDefinition.class, TaskDefinition::key);

  /// By account and region.
  public static final Index<TaskDefinition> BY_SCOPE =
      TABLE.index("by-scope", row -> List.of(row.scope().key()));

  /// Every revision, by family.
  public static final Index<TaskDefinition> BY_FAMILY =
      TABLE.index("by-family", row -> List.of(row.familyKey()));

  /// ACTIVE revisions, by family.
  public static final Index<TaskDefinition> ACTIVE_BY_FAMILY =
      TABLE.index("active-by-family", row -> row.active() ? List.of(row.familyKey()) : List.of());

  /// Revisions in DELETE_IN_PROGRESS, under {@link #DELETING_KEY}.
  public static final Index<TaskDefinition> DELETING =
      TABLE.index(
          "deleting",
          row ->
              row.status().equals(TaskDefinition.DELETE_IN_PROGRESS)
                  ? List.of(TaskDefinitions.DELETING_KEY)
                  : List.of());

  public static final String DELETING_KEY = "all";

  /// The counters of families.
  public static final Table<Family> FAMILIES = Table.of("families", Family.class, Family::key);

  /// By account and region.
  public static final Index<Family> FAMILIES_BY_SCOPE =
      FAMILIES.index("by-scope", row -> List.of(new Scope(row.account(), row.region()).key()));

  /// Of the largest revision, so that keys sort as numbers do.
  private static final int DIGITS = 10;

  private TaskDefinitions() {}

  public static String key(Scope scope, String family, int revision) {
    String digits = Integer.toString(revision);
    return scope.key(family, "0".repeat(DIGITS - digits.length()) + digits);
  }

  /// Stores a new or changed revision.
  public static Change put(TaskDefinition definition) {
    return TABLE.put(definition);
  }

  /// Forgets a revision that was asked to be deleted. Its number is not used again.
  public static Change forget(TaskDefinition definition) {
    Invariant.check(
        definition.status().equals(TaskDefinition.DELETE_IN_PROGRESS),
        "only a revision to be deleted is forgotten");
    return TABLE.delete(definition.key());
  }
}
