package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Book;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ACTIVE container instances of one cluster, ordered for placement. Immutable, and a function
/// of the rows alone. What one machine's change costs grows with the logarithm of their number, and
/// with the number of kinds.
public final class Fleet {
  public static final Fleet EMPTY = new Fleet(new Yard[0], Book.empty(), Book.empty());

  private final Yard[] yards; // sorted by kind, none empty
  private final Book<Machine> machines; // by key of the instance's row
  private final Book<Crew> crews; // by group

  private Fleet(Yard[] yards, Book<Machine> machines, Book<Crew> crews) {
    this.yards = yards;
    this.machines = machines;
    this.crews = crews;
  }

  /// How many kinds there are.
  public int kinds() {
    return yards.length;
  }

  /// The machines of a kind, in the order of kinds.
  public Yard yard(int at) {
    return yards[at];
  }

  public int size() {
    return machines.size();
  }

  /// The machine of an instance that is ACTIVE; else null.
  public @Nullable Machine find(String key) {
    return machines.find(key);
  }

  /// Where the tasks of a group are.
  public Crew crew(String group) {
    Crew crew = crews.find(group);
    return crew == null ? Crew.NONE : crew;
  }

  /// The machines of a yard that have tasks of a group, those with the fewest first.
  public Shelf<Seat> seats(String group, Yard yard) {
    return crew(group).seats(yard, group);
  }

  /// The instance as it is now, whatever may differ.
  ///
  /// @param row null when there is none
  Fleet with(String key, @Nullable ContainerInstance row, InstanceUsage usage) {
    Machine before = machines.find(key);
    Machine now =
        row == null || !row.status().equals(ContainerInstance.ACTIVE)
            ? null
            : Machine.of(row, kind(row, before), usage);
    return with(before, now, groups(before, now));
  }

  /// The instance with the tasks that it has now; its row is the same.
  ///
  /// @param groups those whose number of tasks on it may differ
  Fleet with(String key, InstanceUsage usage, SortedSet<String> groups) {
    Machine before = machines.find(key);
    return before == null
        ? this // not ACTIVE
        : with(before, before.using(usage), groups);
  }

  private Fleet with(@Nullable Machine before, @Nullable Machine now, SortedSet<String> groups) {
    Machine any = now == null ? before : now;
    if (any == null) {
      return this;
    }
    Book<Crew> nextCrews = crews;
    for (String group : groups) {
      nextCrews = moved(nextCrews, group, before, now);
    }
    return new Fleet(moved(before, now), machines.with(any.key(), now), nextCrews);
  }

  private static Book<Crew> moved(
      Book<Crew> crews, String group, @Nullable Machine before, @Nullable Machine now) {
    int had = before == null ? 0 : before.tasksOf(group);
    int has = now == null ? 0 : now.tasksOf(group);
    Crew known = crews.find(group);
    Crew crew = known == null ? Crew.NONE : known;
    if (before != null && now != null && before.kind().equals(now.kind())) {
      if (had == has) {
        return crews;
      }
      crew = crew.moved(now.kind(), now.key(), had, has);
    } else {
      crew = had == 0 || before == null ? crew : crew.moved(before.kind(), before.key(), had, 0);
      crew = has == 0 || now == null ? crew : crew.moved(now.kind(), now.key(), 0, has);
    }
    return crews.with(group, crew.isEmpty() ? null : crew);
  }

  private static SortedSet<String> groups(@Nullable Machine before, @Nullable Machine now) {
    SortedSet<String> groups = new TreeSet<>();
    if (before != null) {
      groups.addAll(before.usage().groups().names());
    }
    if (now != null) {
      groups.addAll(now.usage().groups().names());
    }
    return groups;
  }

  /// The kind of the row: the same object for the same kind.
  private Kind kind(ContainerInstance row, @Nullable Machine before) {
    if (before != null && sameRow(before.instance(), row)) {
      return before.kind();
    }
    Kind kind = Kind.of(row);
    int at = place(kind);
    return at >= 0 ? yards[at].kind() : kind;
  }

  @SuppressWarnings("ReferenceEquality") // the same row has the same kind, without comparing it
  private static boolean sameRow(ContainerInstance a, ContainerInstance b) {
    return a == b;
  }

  private Yard[] moved(@Nullable Machine before, @Nullable Machine now) {
    if (before != null && now != null && before.kind().equals(now.kind())) {
      Yard[] same = yards.clone();
      int at = place(now.kind());
      same[at] = yards[at].moved(before, now);
      return same;
    }
    List<Yard> next = new ArrayList<>(List.of(yards));
    if (before != null) {
      int at = place(next, before.kind());
      next.set(at, next.get(at).without(before));
    }
    if (now != null) {
      int at = place(next, now.kind());
      if (at < 0) {
        at = -at - 1;
        next.add(at, Yard.empty(now.kind()));
      }
      next.set(at, next.get(at).with(now));
    }
    if (before != null) {
      int at = place(next, before.kind());
      if (next.get(at).size() == 0) {
        next.remove(at);
      }
    }
    return next.toArray(Yard[]::new);
  }

  private int place(Kind kind) {
    return place(Arrays.asList(yards), kind);
  }

  /// As `Collections.binarySearch` answers.
  private static int place(List<Yard> yards, Kind kind) {
    int low = 0;
    int high = yards.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = yards.get(middle).kind().compareTo(kind);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
