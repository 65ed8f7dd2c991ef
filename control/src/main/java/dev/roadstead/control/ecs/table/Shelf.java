package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Items in order, in boards of at most {@link #BOARD_MAX}. Immutable: a change copies one board
/// and the list of boards. Each board knows the most that any of its items has free, so that a
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

  private static final class Board {
    final Item[] items;
    final int cpuMax;
    final int memoryMax;
    final int gpusMax;

    Board(Item[] items) {
      this.items = items;
      int cpu = Integer.MIN_VALUE;
      int memory = Integer.MIN_VALUE;
      int gpus = Integer.MIN_VALUE;
      for (Item item : items) {
        cpu = Math.max(cpu, item.cpuFree());
        memory = Math.max(memory, item.memoryFree());
        gpus = Math.max(gpus, item.gpusFree());
      }
      cpuMax = cpu;
      memoryMax = memory;
      gpusMax = gpus;
    }

    boolean mayMeet(Need need) {
      return memoryMax >= need.memoryMib() && cpuMax >= need.cpuUnits() && gpusMax >= need.gpus();
    }
  }

  private final Comparator<? super T> order;
  private final Board[] boards; // none empty

  /// By board: the number of items up to its end.
  private final int[] ends;

  private Shelf(Comparator<? super T> order, Board[] boards, int[] ends) {
    this.order = order;
    this.boards = boards;
    this.ends = ends;
  }

  /// Nothing yet.
  ///
  /// @param order in which no two items are equal
  public static <T extends Item> Shelf<T> empty(Comparator<? super T> order) {
    return new Shelf<>(order, new Board[0], new int[0]);
  }

  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /// The item at this place, from 0.
  @SuppressWarnings("unchecked")
  public T at(int place) {
    int found = Arrays.binarySearch(ends, place + 1);
    int board = found < 0 ? -found - 1 : found;
    int start = board == 0 ? 0 : ends[board - 1];
    return (T) boards[board].items[place - start];
  }

  /// The place of the first item of which this holds, given that it holds of all after the first.
  public int first(Predicate<? super T> holds) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(at(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  public Shelf<T> with(T item) {
    if (boards.length == 0) {
      return new Shelf<>(order, new Board[] {new Board(new Item[] {item})}, new int[] {1});
    }
    int board = Math.min(boardOf(item), boards.length - 1);
    Item[] items = boards[board].items;
    int place = placeIn(items, item);
    Item[] more = new Item[items.length + 1];
    System.arraycopy(items, 0, more, 0, place);
    more[place] = item;
    System.arraycopy(items, place, more, place + 1, items.length - place);
    return more.length <= BOARD_MAX ? replaced(board, more) : split(board, more);
  }

  public Shelf<T> without(T item) {
    int board = boardOf(item);
    Invariant.check(board < boards.length, "an item that is not on the shelf");
    Item[] items = boards[board].items;
    int place = placeIn(items, item);
    Invariant.check(
        place < items.length && compare(items[place], item) == 0,
        "an item that is not on the shelf");
    Item[] less = new Item[items.length - 1];
    System.arraycopy(items, 0, less, 0, place);
    System.arraycopy(items, place + 1, less, place, less.length - place);
    if (less.length == 0) {
      return spliced(board, 1);
    }
    if (less.length < BOARD_MIN && board + 1 < boards.length) {
      Item[] next = boards[board + 1].items;
      if (less.length + next.length <= BOARD_MAX / 2) {
        Item[] joined = Arrays.copyOf(less, less.length + next.length);
        System.arraycopy(next, 0, joined, less.length, next.length);
        return spliced(board, 2, joined);
      }
    }
    return replaced(board, less);
  }

  /// Walks the items that meet a need, from a place on.
  public Cursor<T> cursor(int place, Need need) {
    return new Cursor<>(this, place, need);
  }

  private Shelf<T> replaced(int board, Item[] items) {
    Board[] next = boards.clone();
    next[board] = new Board(items);
    int[] nextEnds = ends.clone();
    int delta = items.length - boards[board].items.length;
    for (int i = board; i < nextEnds.length; i++) {
      nextEnds[i] += delta;
    }
    return new Shelf<>(order, next, nextEnds);
  }

  private Shelf<T> split(int board, Item[] items) {
    int half = items.length / 2;
    return spliced(
        board, 1, Arrays.copyOf(items, half), Arrays.copyOfRange(items, half, items.length));
  }

  private Shelf<T> spliced(int at, int removed, Item[]... added) {
    Board[] next = new Board[boards.length - removed + added.length];
    System.arraycopy(boards, 0, next, 0, at);
    for (int i = 0; i < added.length; i++) {
      next[at + i] = new Board(added[i]);
    }
    int rest = boards.length - at - removed;
    System.arraycopy(boards, at + removed, next, at + added.length, rest);
    int[] nextEnds = new int[next.length];
    int end = 0;
    for (int i = 0; i < next.length; i++) {
      end += next[i].items.length;
      nextEnds[i] = end;
    }
    return new Shelf<>(order, next, nextEnds);
  }

  /// The first board whose last item is not before the bound; the number of boards when none.
  private int boardOf(T bound) {
    int low = 0;
    int high = boards.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      Item[] items = boards[middle].items;
      if (compare(items[items.length - 1], bound) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int placeIn(Item[] items, T bound) {
    int low = 0;
    int high = items.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(items[middle], bound) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @SuppressWarnings("unchecked")
  private int compare(Item item, T bound) {
    return order.compare((T) item, bound);
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
      int found = Arrays.binarySearch(shelf.ends, start + 1);
      board = found < 0 ? -found - 1 : found;
      place = start - (board == 0 ? 0 : shelf.ends[board - 1]);
    }

    /// The next item that meets the need; null when none is left.
    @SuppressWarnings("unchecked")
    public @Nullable T next() {
      for (; board < shelf.boards.length; board++, place = 0) {
        Board one = shelf.boards[board];
        if (!one.mayMeet(need)) {
          continue;
        }
        while (place < one.items.length) {
          Item item = one.items[place++];
          if (need.metBy(item)) {
            return (T) item;
          }
        }
      }
      return null;
    }
  }
}
