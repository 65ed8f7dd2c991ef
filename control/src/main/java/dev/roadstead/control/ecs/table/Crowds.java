package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Book;
import dev.roadstead.engine.table.Rows;
import dev.roadstead.engine.table.View;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The crowd of each service: derived from its tasks, their instances and their protection.
public final class Crowds {
  /// Names what may be calm or restless now.
  ///
  /// @param service key of the row of the service of a task; null for every task of an instance
  /// @param key of the task's row, or of the instance's
  record Mark(@Nullable String service, String key) {}

  static final View<Book<Crowd>, Mark> VIEW = new View<>("crowds", Book.empty(), Crowds::refresh);

  private Crowds() {}

  /// The crowd of a service, by the key of its row.
  public static Crowd of(State state, String service) {
    Crowd crowd = state.view(VIEW).find(service);
    return crowd == null ? Crowd.EMPTY : crowd;
  }

  static void followed(
      @Nullable ServiceTask before, @Nullable ServiceTask after, Consumer<Mark> marks) {
    ServiceTask row = after == null ? before : after;
    if (row != null) {
      marks.accept(new Mark(row.serviceKey(), row.taskKey()));
    }
  }

  static void task(@Nullable Task before, @Nullable Task after, Consumer<Mark> marks) {
    Task row = after == null ? before : after;
    String service = row == null ? null : row.serviceKey();
    if (row == null || service == null) {
      return;
    }
    if (before == null
        || after == null
        || before.lastStatus() != after.lastStatus()
        || before.wanted() != after.wanted()
        || before.health() != after.health()
        || !Objects.equals(before.instanceId(), after.instanceId())) {
      marks.accept(new Mark(service, row.key()));
    }
  }

  static void protection(
      @Nullable TaskProtection before, @Nullable TaskProtection after, Consumer<Mark> marks) {
    TaskProtection row = after == null ? before : after;
    if (row != null) {
      marks.accept(new Mark(row.serviceKey(), row.taskKey()));
    }
  }

  static void instance(
      @Nullable ContainerInstance before, @Nullable ContainerInstance after, Consumer<Mark> marks) {
    ContainerInstance row = after == null ? before : after;
    boolean was = before != null && before.eligible();
    boolean is = after != null && after.eligible();
    if (row != null && was != is) {
      marks.accept(new Mark(null, row.key()));
    }
  }

  private static Book<Crowd> refresh(Book<Crowd> before, Rows rows, List<Mark> marks) {
    Map<String, SortedSet<String>> touched = new TreeMap<>();
    Set<String> instances = new LinkedHashSet<>();
    for (Mark mark : marks) {
      String service = mark.service();
      if (service == null) {
        instances.add(mark.key());
      } else {
        touched.computeIfAbsent(service, _ -> new TreeSet<>()).add(mark.key());
      }
    }
    for (String instance : instances) {
      for (String key : rows.keys(Tasks.ALIVE_BY_INSTANCE, instance)) {
        Task task = rows.find(Tasks.TABLE, key);
        String service = task == null ? null : task.serviceKey();
        if (service != null) {
          touched.computeIfAbsent(service, _ -> new TreeSet<>()).add(key);
        }
      }
    }
    Book<Crowd> next = before;
    for (Map.Entry<String, SortedSet<String>> one : touched.entrySet()) {
      Crowd known = next.find(one.getKey());
      Crowd crowd = (known == null ? Crowd.EMPTY : known).with(rows, one.getValue());
      next = next.with(one.getKey(), crowd.isEmpty() ? null : crowd);
    }
    return next;
  }
}
