package dev.roadstead.control.ecs.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the tasks of one group are, by kind of container instance. Immutable.
public final class Crew {
  static final Crew NONE = new Crew(new Part[0]);

  private final Part[] parts; // none without tasks

  /// @param tasks how many are on instances of the kind
  private record Part(Kind kind, int tasks, Shelf<Seat> seats) {}

  private Crew(Part[] parts) {
    this.parts = parts;
  }

  /// How many tasks are on instances of that kind.
  public int tasks(Kind kind) {
    Part part = part(kind);
    return part == null ? 0 : part.tasks;
  }

  /// The instances of that kind that have tasks.
  public Shelf<Seat> seats(Kind kind) {
    Part part = part(kind);
    return part == null ? Shelf.empty(Seat.BY_TASKS) : part.seats;
  }

  boolean isEmpty() {
    return parts.length == 0;
  }

  /// An instance's number of tasks has changed.
  Crew moved(Kind kind, String key, int before, int after) {
    Part part = part(kind);
    Shelf<Seat> seats = part == null ? Shelf.empty(Seat.BY_TASKS) : part.seats;
    if (before > 0) {
      seats = seats.without(new Seat(key, before));
    }
    if (after > 0) {
      seats = seats.with(new Seat(key, after));
    }
    int tasks = (part == null ? 0 : part.tasks) + after - before;
    return with(kind, seats.size() == 0 ? null : new Part(kind, tasks, seats));
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
