package dev.roadstead.engine.format;

import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A decision's changes as bytes, one after the other:
/// kind (1 byte: 1 put, 2 delete), length and name of the table, length and row, or length and key.
/// Lengths are unsigned varints; texts are UTF-8.
public final class EntryFormat {
  private static final int PUT = 1;
  private static final int DELETE = 2;

  private final Schema schema;
  private final RowFormat rows;
  private final Map<Table<?>, byte[]> names = new ConcurrentHashMap<>();

  public EntryFormat(Schema schema, RowFormat rows) {
    this.schema = schema;
    this.rows = rows;
  }

  /// Appends these changes.
  public void write(List<? extends Change> changes, Bytes to) {
    for (Change change : changes) {
      byte[] name =
          names.computeIfAbsent(change.table(), t -> t.name().getBytes(StandardCharsets.UTF_8));
      switch (change) {
        case Change.Put<?> put -> {
          to.write(PUT);
          to.writeBlock(name);
          int mark = to.openBlock();
          rows.write(put.row(), to);
          to.closeBlock(mark);
        }
        case Change.Delete<?> delete -> {
          to.write(DELETE);
          to.writeBlock(name);
          to.writeBlock(delete.key().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /// The changes in these bytes.
  ///
  /// @throws UnreadableData when a table or a row is of a kind that this release does not know
  public List<Change> read(byte[] bytes, int offset, int length) {
    Cursor from = new Cursor(bytes, offset, offset + length);
    List<Change> changes = new ArrayList<>();
    while (from.hasMore()) {
      int kind = from.next();
      String name = from.nextText();
      int size = from.nextLength();
      int at = from.skip(size);
      Table<?> table = table(name);
      changes.add(
          switch (kind) {
            case PUT -> put(table, bytes, at, size);
            case DELETE -> table.delete(new String(bytes, at, size, StandardCharsets.UTF_8));
            default -> throw new UnreadableData("a change of kind " + kind + " is not known");
          });
    }
    return changes;
  }

  private <R extends Record> Change put(Table<R> table, byte[] bytes, int offset, int length) {
    return table.put(rows.read(table, bytes, offset, length));
  }

  private Table<?> table(String name) {
    Table<?> table = schema.find(name);
    if (table == null) {
      throw unknownTable(name);
    }
    return table;
  }

  /// What start-up says of a table that this release does not have.
  public static UnreadableData unknownTable(String name) {
    return new UnreadableData(
        "The data has a table named '"
            + name
            + "', which this release does not know. It was written by a newer release:"
            + " start that release, or a newer one, on this data.");
  }
}
