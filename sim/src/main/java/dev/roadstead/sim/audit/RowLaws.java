package dev.roadstead.sim.audit;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Commit.Touch;
import dev.roadstead.sim.server.Witness;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What must hold of every durable entry: no task goes back, no instance carries more than it has,
/// and a restart yields what was durable.
public final class RowLaws implements Witness {
  private long commits;

  /// How many entries were seen.
  public long commits() {
    return commits;
  }

  @Override
  public void committed(Commit commit, State before, State after) {
    commits++;
    Set<String> instances = new TreeSet<>();
    for (Touch<?> touch : commit.touches()) {
      if (touch.table().equals(Tasks.TABLE)) {
        Task was = (Task) touch.before();
        Task is = (Task) touch.after();
        forward(touch.key(), was, is);
        Task latest = is == null ? was : is;
        String instance = latest == null ? null : latest.instanceKey();
        if (instance != null) {
          instances.add(instance);
        }
      } else if (touch.table().equals(ContainerInstances.TABLE)) {
        instances.add(touch.key());
      }
    }
    instances.forEach(key -> capacity(after, key));
    HealthLaw.check(commit, before, after);
  }

  private static void forward(String key, @Nullable Task was, @Nullable Task is) {
    if (was == null) {
      return;
    }
    if (is == null) {
      Violation.unless(was.stopped(), "task " + key + " is forgotten before it stopped");
      return;
    }
    Violation.unless(
        was.lastStatus().mayBecome(is.lastStatus()),
        "task " + key + " goes from " + was.lastStatus() + " to " + is.lastStatus());
    Violation.unless(was.wanted() || !is.wanted(), "task " + key + " is wanted again");
    Violation.unless(
        was.instanceId() == null || Objects.equals(was.instanceId(), is.instanceId()),
        "task " + key + " moves to another instance");
    Violation.unless(
        !was.stopped() || is.lastStatus() == TaskStatus.STOPPED, "task " + key + " comes back");
    Violation.unless(is.version() > was.version(), "task " + key + " keeps its version");
  }

  private static void capacity(State state, String key) {
    ContainerInstance instance = state.find(ContainerInstances.TABLE, key);
    List<Task> alive = state.rows(Tasks.ALIVE_BY_INSTANCE, key);
    if (instance == null || instance.status().equals(ContainerInstance.INACTIVE)) {
      Violation.unless(alive.isEmpty(), "tasks live on " + key + ", which is not registered");
      return;
    }
    int cpu = 0;
    int memory = 0;
    Set<String> ports = new HashSet<>();
    for (Task task : alive) {
      cpu += task.reservation().cpuUnits();
      memory += task.reservation().memoryMib();
      for (int port : task.reservation().tcpPorts()) {
        Violation.unless(ports.add("tcp " + port), "port " + port + " is taken twice on " + key);
      }
      for (int port : task.reservation().udpPorts()) {
        Violation.unless(ports.add("udp " + port), "port " + port + " is taken twice on " + key);
      }
    }
    Violation.unless(cpu <= instance.cpuUnits(), "CPU of " + key + " is overdrawn: " + cpu);
    Violation.unless(
        memory <= instance.memoryMib(), "memory of " + key + " is overdrawn: " + memory);
  }

  @Override
  public void recovered(State expected, State found) {
    Violation.unless(
        found.position() >= expected.position(),
        "durable entries are lost: read to "
            + found.position()
            + ", durable to "
            + expected.position());
    Violation.unless(
        found.position() == expected.position(),
        "entries come from nowhere: read to "
            + found.position()
            + ", given to "
            + expected.position());
    for (Table<?> table : found.schema().tables()) {
      same(table, expected, found);
    }
  }

  private static <R extends Record> void same(Table<R> table, State expected, State found) {
    Violation.unless(
        expected.keys(table).equals(found.keys(table)), "a restart changes the keys of " + table);
    for (String key : found.keys(table)) {
      Violation.unless(
          Objects.equals(expected.find(table, key), found.find(table, key)),
          "a restart changes " + key + " of " + table);
    }
  }
}
