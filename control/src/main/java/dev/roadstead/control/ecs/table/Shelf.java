package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Items in order, in boards of at most {@link #BOARD_MAX}. Immutable: a change copies one board
/// and the list of boards. Each board knows a bound of what any of its items has free, so that a
/// search for room passes over whole boards.
///
/// How items are dealt out to boards depends on history; nothing that can be asked does.
public final class Shelf<T extends Shelf.Item> {
  /// Copying a board and copying the list of boards cost about the same at ten thousand items.
  static final int BOARD_MAX = 64;

  private static final int BOARD_MIN = 16;

  /// Something with room. What has none to speak of may answer 0.
  public interface Item {
    int cpuFree();

    int memoryFree();

    int gpusFree();
  }

  /// What an item must have free.
  public record Need(int cpuUnits, int memoryMib, int gpus) {
    public static final Need NOTHING =
        new Need(Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE);

    public boolean metBy(Item item) {
      return item.memoryFree() >= memoryMib
          && item.cpuFree() >= cpuUnits
          && item.gpusFree() >= gpus;
    }
  }

  /// The order of items, in which no two are equal. Ranks and ties are compared without touching
  /// the items.
  ///
  /// @param tie where ranks are equal; best a hash that hardly any two have in common
  /// @param last where ties are equal too
  public record Order<T extends Item>(
      ToLongFunction<? super T> rank, ToLongFunction<? super T> tie, Comparator<? super T> last)
      implements Comparator<T> {
    @Override
    public int compare(T a, T b) {
      int order = Long.compare(rank.applyAsLong(a), rank.applyAsLong(b));
      if (order == 0) {
        order = Long.compare(tie.applyAsLong(a), tie.applyAsLong(b));
      }
      return order == 0 ? last.compare(a, b) : order;
    }

    Spot<T> spot(T item) {
      return new Spot<>(item, rank.applyAsLong(item), tie.applyAsLong(item), this);
    }
  }

  /// A rank by one number and then by another.
  public static long rank(int first, int second) {
    return ((long) first << Integer.SIZE) | (second - (long) Integer.MIN_VALUE);
  }

  /// Where an item belongs.
  record Spot<T extends Item>(T item, long rank, long tie, Order<T> order) {}

  private final Order<T> order;
  private final Board[] boards; // none empty

  /// By board: the number of items up to its end.
  private final int[] ends;

  private Shelf(Order<T> order, Board[] boards, int[] ends) {
    this.order = order;
    this.boards = boards;
    this.ends = ends;
  }

  /// Nothing yet.
  public static <T extends Item> Shelf<T> empty(Order<T> order) {
    return new Shelf<>(order, new Board[0], new int[0]);
  }

  /// These items, in whatever order they come.
  static <T extends Item> Shelf<T> of(Order<T> order, List<T> items) {
    Item[] sorted = items.stream().sorted(order).toArray(Item[]::new);
    int half = BOARD_MAX / 2;
    Board[] boards = new Board[(sorted.length + half - 1) / half];
    for (int i = 0; i < boards.length; i++) {
      int end = Math.min(sorted.length, (i + 1) * half);
      boards[i] = Board.of(Arrays.copyOfRange(sorted, i * half, end), order);
    }
    return new Shelf<>(order, boards, ends(boards));
  }

  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /// The item at this place, from 0.
  @SuppressWarnings("unchecked")
  public T at(int place) {
    int board = boardAt(place);
    return (T) boards[board].at(place - start(board));
  }

  /// The place of the first item of at least this rank.
  public int first(long rank) {
    int low = 0;
    int high = boards.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (boards[middle].isBelow(rank)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == boards.length ? size() : start(low) + boards[low].placeOf(rank);
  }

  public Shelf<T> with(T item) {
    Spot<T> spot = order.spot(item);
    if (boards.length == 0) {
      return new Shelf<>(order, new Board[] {Board.of(new Item[] {item}, order)}, new int[] {1});
    }
    int board = Math.min(boardOf(spot), boards.length - 1);
    Board more = boards[board].with(boards[board].placeOf(spot), spot);
    if (more.size() <= BOARD_MAX) {
      return replaced(board, more);
    }
    int half = more.size() / 2;
    return spliced(
        board,
        1,
        Board.of(more.slice(0, half), order),
        Board.of(more.slice(half, more.size()), order));
  }

  public Shelf<T> without(T item) {
    Spot<T> spot = order.spot(item);
    int board = boardOf(spot);
    int place = placeIn(board, spot);
    if (boards[board].size() == 1) {
      return spliced(board, 1);
    }
    Board less = boards[board].without(place);
    if (less.size() < BOARD_MIN && board + 1 < boards.length) {
      Board next = boards[board + 1];
      if (less.size() + next.size() <= BOARD_MAX / 2) {
        Item[] joined = Arrays.copyOf(less.slice(0, less.size()), less.size() + next.size());
        System.arraycopy(next.slice(0, next.size()), 0, joined, less.size(), next.size());
        return spliced(board, 2, Board.of(joined, order));
      }
    }
    return replaced(board, less);
  }

  /// With one item instead of another: for one copy instead of two where they are near.
  public Shelf<T> moved(T before, T now) {
    Spot<T> from = order.spot(before);
    Spot<T> to = order.spot(now);
    int board = boardOf(from);
    int place = placeIn(board, from);
    if (boardOf(to) != board) {
      return without(before).with(now);
    }
    Board[] next = boards.clone();
    next[board] = boards[board].moved(place, boards[board].placeOf(to), to);
    return new Shelf<>(order, next, ends);
  }

  private int placeIn(int board, Spot<T> spot) {
    Invariant.check(board < boards.length, "an item that is not on the shelf");
    int place = boards[board].placeOf(spot);
    Invariant.check(boards[board].has(place, spot), "an item that is not on the shelf");
    return place;
  }

  /// Walks the items that meet a need, from a place on.
  public Cursor<T> cursor(int place, Need need) {
    return new Cursor<>(this, place, need);
  }

  private Shelf<T> replaced(int board, Board now) {
    Board[] next = boards.clone();
    next[board] = now;
    int[] nextEnds = ends.clone();
    int delta = now.size() - boards[board].size();
    for (int i = board; i < nextEnds.length; i++) {
      nextEnds[i] += delta;
    }
    return new Shelf<>(order, next, nextEnds);
  }

  private Shelf<T> spliced(int at, int removed, Board... added) {
    Board[] next = new Board[boards.length - removed + added.length];
    System.arraycopy(boards, 0, next, 0, at);
    System.arraycopy(added, 0, next, at, added.length);
    int rest = boards.length - at - removed;
    System.arraycopy(boards, at + removed, next, at + added.length, rest);
    return new Shelf<>(order, next, ends(next));
  }

  private static int[] ends(Board[] boards) {
    int[] ends = new int[boards.length];
    int end = 0;
    for (int i = 0; i < boards.length; i++) {
      end += boards[i].size();
      ends[i] = end;
    }
    return ends;
  }

  /// The first board of which not every item is before the spot; the number of boards when none.
  private int boardOf(Spot<T> spot) {
    int low = 0;
    int high = boards.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (boards[middle].isBefore(spot)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int boardAt(int place) {
    int found = Arrays.binarySearch(ends, place + 1);
    return found < 0 ? -found - 1 : found;
  }

  private int start(int board) {
    return board == 0 ? 0 : ends[board - 1];
  }

  /// Where a walk is. Changes as it walks; lives no longer than a decision.
  public static final class Cursor<T extends Item> {
    private final Shelf<T> shelf;
    private final Need need;
    private int board;
    private int place;

    private Cursor(Shelf<T> shelf, int start, Need need) {
      this.shelf = shelf;
      this.need = need;
      board = shelf.boardAt(start);
      place = start - shelf.start(board);
    }

    /// The next item that meets the need; null when none is left.
    @SuppressWarnings("unchecked")
    public @Nullable T next() {
      for (; board < shelf.boards.length; board++, place = 0) {
        Board one = shelf.boards[board];
        if (!one.mayMeet(need)) {
          continue;
        }
        while (place < one.size()) {
          Item item = one.at(place++);
          if (need.metBy(item)) {
            return (T) item;
          }
        }
      }
      return null;
    }
  }
}
