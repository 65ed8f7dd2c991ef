package dev.roadstead.engine.log;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.format.Bytes;
import dev.roadstead.engine.root.State;
import java.util.Arrays;

/// Entries that are made durable by one write. Filled by the writer, then handed over and not
/// changed any more. May be empty: then it is answered once the groups before it are durable.
public final class Group {
  private static final int BYTES_AT_FIRST = 4 * 1024;

  private final long term;
  private final Bytes bytes = new Bytes(BYTES_AT_FIRST);
  private final long firstPosition;
  private int[] ends = new int[16];
  private int count;
  private State after;

  /// @param before the state to which the first entry is applied
  public Group(long term, State before) {
    this.term = term;
    this.after = before;
    this.firstPosition = before.position() + 1;
  }

  /// Where the next entry is written; ends with {@link #close(State)} or is undone by `cut`.
  public Bytes bytes() {
    return bytes;
  }

  /// Ends the entry.
  ///
  /// @param applied the state with it
  public void close(State applied) {
    Invariant.check(applied.position() == firstPosition + count, "entries out of order");
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = bytes.size();
    after = applied;
  }

  public long term() {
    return term;
  }

  public long firstPosition() {
    return firstPosition;
  }

  /// How many entries it has.
  public int count() {
    return count;
  }

  public int start(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  public int end(int entry) {
    return ends[entry];
  }

  /// The state with every entry applied.
  public State after() {
    return after;
  }
}
