package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;
import java.util.Locale;

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

  /// The counters of families.
  public static final Table<Family> FAMILIES = Table.of("families", Family.class, Family::key);

  private TaskDefinitions() {}

  public static String key(Scope scope, String family, int revision) {
    return scope.key(family, String.format(Locale.ROOT, "%010d", revision));
  }

  /// Stores a new or changed revision.
  public static Change put(TaskDefinition definition) {
    return TABLE.put(definition);
  }
}
