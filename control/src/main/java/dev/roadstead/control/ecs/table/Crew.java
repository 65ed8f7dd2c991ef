package dev.roadstead.control.ecs.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the tasks of one group are, by kind of container instance. Immutable.
public final class Crew {
  static final Crew NONE = new Crew(new Part[0]);

  private final Part[] parts; // none without tasks

  /// What is on instances of one kind. Their order is made when it is first asked for, and kept up
  /// from then on.
  private static final class Part {
    final Kind kind;
    final int tasks; // at least 1
    volatile @Nullable Shelf<Seat> seats;

    Part(Kind kind, int tasks, @Nullable Shelf<Seat> seats) {
      this.kind = kind;
      this.tasks = tasks;
      this.seats = seats;
    }
  }

  private Crew(Part[] parts) {
    this.parts = parts;
  }

  /// How many tasks are on instances of that kind.
  public int tasks(Kind kind) {
    Part part = part(kind);
    return part == null ? 0 : part.tasks;
  }

  /// The machines of that yard that have tasks.
  ///
  /// @param yard of the fleet that this crew is of
  Shelf<Seat> seats(Yard yard, String group) {
    Part part = part(yard.kind());
    if (part == null) {
      return Shelf.empty(Seat.BY_TASKS);
    }
    Shelf<Seat> known = part.seats;
    if (known == null) {
      List<Seat> all = new ArrayList<>();
      yard.forEach(
          machine -> {
            int tasks = machine.tasksOf(group);
            if (tasks > 0) {
              all.add(new Seat(machine.key(), tasks));
            }
          });
      known = Shelf.of(Seat.BY_TASKS, all);
      part.seats = known;
    }
    return known;
  }

  boolean isEmpty() {
    return parts.length == 0;
  }

  /// An instance's number of tasks has changed.
  Crew moved(Kind kind, String key, int before, int after) {
    Part part = part(kind);
    int tasks = (part == null ? 0 : part.tasks) + after - before;
    Shelf<Seat> seats = part == null ? null : part.seats;
    if (tasks == 0) {
      return with(kind, null);
    }
    if (seats != null && before > 0 && after > 0) {
      seats = seats.moved(new Seat(key, before), new Seat(key, after));
    } else if (seats != null && before > 0) {
      seats = seats.without(new Seat(key, before));
    } else if (seats != null && after > 0) {
      seats = seats.with(new Seat(key, after));
    }
    return with(kind, new Part(kind, tasks, seats));
  }

  private Crew with(Kind kind, @Nullable Part part) {
    int at = place(kind);
    int tail = at < 0 ? 0 : parts.length - at - 1;
    if (at < 0) {
      if (part == null) {
        return this;
      }
      Part[] next = Arrays.copyOf(parts, parts.length + 1);
      next[parts.length] = part;
      return new Crew(next);
    }
    if (part != null) {
      Part[] next = parts.clone();
      next[at] = part;
      return new Crew(next);
    }
    Part[] next = new Part[parts.length - 1];
    System.arraycopy(parts, 0, next, 0, at);
    System.arraycopy(parts, at + 1, next, at, tail);
    return new Crew(next);
  }

  private @Nullable Part part(Kind kind) {
    int at = place(kind);
    return at < 0 ? null : parts[at];
  }

  private int place(Kind kind) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].kind.compareTo(kind) == 0) {
        return i;
      }
    }
    return -1;
  }
}
