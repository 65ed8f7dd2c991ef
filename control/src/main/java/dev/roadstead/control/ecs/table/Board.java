package dev.roadstead.control.ecs.table;

import java.util.Arrays;

/// A stretch of a {@link Shelf}. Immutable. Ranks lie beside the items, so that a search touches no
/// item, and a bound says what no item has more of.
final class Board {
  private final Shelf.Item[] items; // never empty
  private final long[] ranks; // two for each item: its rank and its tie
  private final Shelf.Need most; // what no item has more of, seldom more than the most of any

  private Board(Shelf.Item[] items, long[] ranks, Shelf.Need most) {
    this.items = items;
    this.ranks = ranks;
    this.most = most;
  }

  @SuppressWarnings("unchecked")
  static <T extends Shelf.Item> Board of(Shelf.Item[] items, Shelf.Order<T> order) {
    long[] ranks = new long[2 * items.length];
    for (int i = 0; i < items.length; i++) {
      ranks[2 * i] = order.rank().applyAsLong((T) items[i]);
      ranks[2 * i + 1] = order.tie().applyAsLong((T) items[i]);
    }
    return new Board(items, ranks, most(items));
  }

  private static Shelf.Need most(Shelf.Item[] items) {
    int cpu = Integer.MIN_VALUE;
    int memory = Integer.MIN_VALUE;
    int gpus = Integer.MIN_VALUE;
    for (Shelf.Item item : items) {
      cpu = Math.max(cpu, item.cpuFree());
      memory = Math.max(memory, item.memoryFree());
      gpus = Math.max(gpus, item.gpusFree());
    }
    return new Shelf.Need(cpu, memory, gpus);
  }

  int size() {
    return items.length;
  }

  Shelf.Item at(int place) {
    return items[place];
  }

  Shelf.Item[] slice(int from, int to) {
    return Arrays.copyOfRange(items, from, to);
  }

  boolean mayMeet(Shelf.Need need) {
    return most.memoryMib() >= need.memoryMib()
        && most.cpuUnits() >= need.cpuUnits()
        && most.gpus() >= need.gpus();
  }

  /// The place of the first item of at least this rank; the size when there is none.
  int placeOf(long rank) {
    int low = 0;
    int high = items.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranks[2 * middle] < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Whether every item has less than this rank.
  boolean isBelow(long rank) {
    return ranks[ranks.length - 2] < rank;
  }

  /// Whether every item comes before the spot.
  <T extends Shelf.Item> boolean isBefore(Shelf.Spot<T> spot) {
    return compare(items.length - 1, spot) < 0;
  }

  /// The place of the first item that is not before the spot; the size when there is none.
  <T extends Shelf.Item> int placeOf(Shelf.Spot<T> spot) {
    int low = 0;
    int high = items.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, spot) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  <T extends Shelf.Item> boolean has(int place, Shelf.Spot<T> spot) {
    return place < items.length && compare(place, spot) == 0;
  }

  @SuppressWarnings("unchecked")
  private <T extends Shelf.Item> int compare(int place, Shelf.Spot<T> spot) {
    int order = Long.compare(ranks[2 * place], spot.rank());
    if (order == 0) {
      order = Long.compare(ranks[2 * place + 1], spot.tie());
    }
    return order == 0 ? spot.order().last().compare((T) items[place], spot.item()) : order;
  }

  <T extends Shelf.Item> Board with(int place, Shelf.Spot<T> spot) {
    int size = items.length;
    Shelf.Item[] nextItems = Arrays.copyOf(items, size + 1);
    long[] nextRanks = Arrays.copyOf(ranks, 2 * (size + 1));
    shift(place, place + 1, size - place, nextItems, nextRanks);
    set(place, spot, nextItems, nextRanks);
    return new Board(nextItems, nextRanks, raised(spot.item()));
  }

  /// Without the item at this place, which is not the only one.
  Board without(int place) {
    int size = items.length - 1;
    Shelf.Item[] nextItems = Arrays.copyOf(items, size);
    long[] nextRanks = Arrays.copyOf(ranks, 2 * size);
    shift(place + 1, place, size - place, nextItems, nextRanks);
    return new Board(nextItems, nextRanks, isMost(items[place]) ? most(nextItems) : most);
  }

  /// With another item instead of the one at this place.
  ///
  /// @param to the place of the new one among those of now
  <T extends Shelf.Item> Board moved(int place, int to, Shelf.Spot<T> spot) {
    Shelf.Item[] nextItems = items.clone();
    long[] nextRanks = ranks.clone();
    int end = to > place ? to - 1 : to;
    if (end > place) {
      shift(place + 1, place, end - place, nextItems, nextRanks);
    } else {
      shift(end, end + 1, place - end, nextItems, nextRanks);
    }
    set(end, spot, nextItems, nextRanks);
    return new Board(
        nextItems, nextRanks, isMost(items[place]) ? most(nextItems) : raised(spot.item()));
  }

  private void shift(int from, int to, int count, Shelf.Item[] nextItems, long[] nextRanks) {
    System.arraycopy(items, from, nextItems, to, count);
    System.arraycopy(ranks, 2 * from, nextRanks, 2 * to, 2 * count);
  }

  private static <T extends Shelf.Item> void set(
      int place, Shelf.Spot<T> spot, Shelf.Item[] nextItems, long[] nextRanks) {
    nextItems[place] = spot.item();
    nextRanks[2 * place] = spot.rank();
    nextRanks[2 * place + 1] = spot.tie();
  }

  private Shelf.Need raised(Shelf.Item item) {
    int cpu = Math.max(most.cpuUnits(), item.cpuFree());
    int memory = Math.max(most.memoryMib(), item.memoryFree());
    int gpus = Math.max(most.gpus(), item.gpusFree());
    boolean same = cpu == most.cpuUnits() && memory == most.memoryMib() && gpus == most.gpus();
    return same ? most : new Shelf.Need(cpu, memory, gpus);
  }

  /// Whether the bound may be lower without this item. One of nothing need not be.
  private boolean isMost(Shelf.Item item) {
    return (item.cpuFree() == most.cpuUnits() && most.cpuUnits() > 0)
        || (item.memoryFree() == most.memoryMib() && most.memoryMib() > 0)
        || (item.gpusFree() == most.gpus() && most.gpus() > 0);
  }
}
