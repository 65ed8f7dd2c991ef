package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Book;
import dev.roadstead.engine.table.Rows;
import dev.roadstead.engine.table.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fleet of each cluster: derived from container instances and tasks.
public final class Fleets {
  /// Names a container instance that may differ.
  ///
  /// @param cluster key of its cluster's row
  /// @param instance key of its row
  /// @param group whose number of tasks on it may differ; null for any
  record Mark(String cluster, String instance, @Nullable String group) {}

  static final View<Book<Fleet>, Mark> VIEW = new View<>("fleets", Book.empty(), Fleets::refresh);

  private Fleets() {}

  /// The fleet of a cluster, by the key of its row.
  public static Fleet of(State state, String cluster) {
    Fleet fleet = state.view(VIEW).find(cluster);
    return fleet == null ? Fleet.EMPTY : fleet;
  }

  static void instance(
      @Nullable ContainerInstance before, @Nullable ContainerInstance after, Consumer<Mark> marks) {
    ContainerInstance row = after == null ? before : after;
    if (row != null) {
      marks.accept(new Mark(row.clusterKey(), row.key(), null));
    }
  }

  static void task(@Nullable Task before, @Nullable Task after, Consumer<Mark> marks) {
    Task was = before == null || before.stopped() || before.instanceId() == null ? null : before;
    Task is = after == null || after.stopped() || after.instanceId() == null ? null : after;
    if (was != null
        && is != null
        && Objects.equals(was.instanceId(), is.instanceId())
        && was.group().equals(is.group())
        && was.reservation().equals(is.reservation())) {
      return;
    }
    mark(was, marks);
    mark(is, marks);
  }

  private static void mark(@Nullable Task task, Consumer<Mark> marks) {
    String instance = task == null ? null : task.instanceKey();
    if (task != null && instance != null) {
      marks.accept(new Mark(task.clusterKey(), instance, task.group()));
    }
  }

  /// An instance with the groups that may differ on it.
  private static final class Touched {
    final SortedSet<String> groups = new TreeSet<>();
    boolean any;
  }

  private static Book<Fleet> refresh(Book<Fleet> before, Rows rows, List<Mark> marks) {
    Map<String, Map<String, Touched>> byCluster = new LinkedHashMap<>();
    for (Mark mark : marks) {
      Touched touched =
          byCluster
              .computeIfAbsent(mark.cluster(), _ -> new LinkedHashMap<>())
              .computeIfAbsent(mark.instance(), _ -> new Touched());
      if (mark.group() == null) {
        touched.any = true;
      } else {
        touched.groups.add(mark.group());
      }
    }
    Book<Fleet> next = before;
    for (Map.Entry<String, Map<String, Touched>> cluster : byCluster.entrySet()) {
      Fleet known = next.find(cluster.getKey());
      Fleet fleet = known == null ? Fleet.EMPTY : known;
      for (Map.Entry<String, Touched> one : cluster.getValue().entrySet()) {
        String key = one.getKey();
        Touched touched = one.getValue();
        fleet =
            touched.any
                ? fleet.with(
                    key, rows.find(ContainerInstances.TABLE, key), rows.value(Tasks.USAGE, key))
                : fleet.with(key, rows.value(Tasks.USAGE, key), touched.groups);
      }
      next = next.with(cluster.getKey(), fleet.size() == 0 ? null : fleet);
    }
    return next;
  }
}
