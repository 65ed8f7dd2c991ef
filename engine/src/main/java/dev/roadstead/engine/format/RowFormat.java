package dev.roadstead.engine.format;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.roadstead.engine.table.Table;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Records as CBOR maps, component names as keys.
///
/// Evolution is additive: a field this release does not know is skipped; a missing one is null, 0,
/// false, or, for a list, set or map that may not be null, empty. Those values are not written.
/// Instants are epoch milliseconds (an array of seconds and nanoseconds when finer), durations
/// likewise, bytes binary, enums names. A sealed interface of records is written with the simple
/// name of the record under `@type`.
public final class RowFormat {
  private final ObjectMapper mapper;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  public RowFormat() {
    this.mapper = configure(new CBORMapper(new CBORFactory()));
  }

  /// Appends the row's bytes. A row that cannot be written is a bug.
  public void write(Record row, Bytes to) {
    new RowWriter(to).record(row);
  }

  /// The row in these bytes.
  ///
  /// @throws UnreadableData when they are not a row of this table that this release can read
  public <R extends Record> R read(Table<R> table, byte[] bytes, int offset, int length) {
    try {
      R row = reader(table.rowType()).readValue(bytes, offset, length);
      if (row == null) {
        throw new UnreadableData("an empty row in table " + table.name());
      }
      return row;
    } catch (IOException | RuntimeException e) {
      if (e instanceof UnreadableData unreadable) {
        throw unreadable;
      }
      throw new UnreadableData(
          "a row of table " + table.name() + " cannot be read by this release", e);
    }
  }

  private ObjectReader reader(Class<?> rowType) {
    return readers.computeIfAbsent(rowType, mapper::readerFor);
  }

  private static ObjectMapper configure(ObjectMapper mapper) {
    mapper.setAnnotationIntrospector(new RecordIntrospector());
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.registerModule(TimeModule.create());
    return mapper;
  }
}
