package dev.roadstead.engine.table;

import dev.roadstead.base.Invariant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Every table of one engine, in a fixed order.
public final class Schema {
  private final SequencedMap<String, Table<?>> tables = new LinkedHashMap<>();

  public Schema(Collection<? extends Table<?>> tables) {
    for (Table<?> table : tables) {
      Invariant.check(
          this.tables.putIfAbsent(table.name(), table) == null,
          "two tables are named " + table.name());
      table.seal();
    }
  }

  public static Schema of(Table<?>... tables) {
    return new Schema(List.of(tables));
  }

  public List<Table<?>> tables() {
    return List.copyOf(tables.sequencedValues());
  }

  /// The table of that name, or null when this release has none.
  public @Nullable Table<?> find(String name) {
    return tables.get(name);
  }
}
