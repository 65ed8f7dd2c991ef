package dev.roadstead.engine.table;

import dev.roadstead.base.Bug;
import dev.roadstead.base.Invariant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Every table of one engine, in a fixed order.
public final class Schema {
  private final SequencedMap<String, Table<?>> byName = new LinkedHashMap<>();
  private final IdentityHashMap<Table<?>, Integer> ordinals = new IdentityHashMap<>();
  private final List<Table<?>> tables;
  private final List<View<?, ?>> views;

  public Schema(Collection<? extends Table<?>> tables) {
    for (Table<?> table : tables) {
      Invariant.check(
          byName.putIfAbsent(table.name(), table) == null, "two tables are named " + table.name());
      ordinals.put(table, ordinals.size());
      table.seal();
    }
    this.tables = List.copyOf(byName.sequencedValues());
    this.views = this.tables.stream().flatMap(table -> table.views().stream()).distinct().toList();
  }

  public static Schema of(Table<?>... tables) {
    return new Schema(List.of(tables));
  }

  public List<Table<?>> tables() {
    return tables;
  }

  /// Every view that a table feeds.
  public List<View<?, ?>> views() {
    return views;
  }

  /// The table of that name, or null when this release has none.
  public @Nullable Table<?> find(String name) {
    return byName.get(name);
  }

  /// The table's place in {@link #tables}. A table of another schema is a bug.
  public int ordinal(Table<?> table) {
    Integer ordinal = ordinals.get(table);
    if (ordinal == null) {
      throw new Bug("table " + table + " is not in the schema");
    }
    return ordinal;
  }
}
