package dev.roadstead.bench;

import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Placement decisions of one thread, without HTTP and log: 100 tasks for each container instance,
/// of 50 definitions in turns by chance, spread over three zones and then packed by memory, a tenth
/// with a memberOf constraint.
///
/// Timed is {@link Placement#place}, which first brings the fleet up to date with the rows put
/// since the call before. Making the rows and putting them into the tables is not; it is in
/// `with_rows_per_s`. A call that is interrupted by a collection of memory does not count in the
/// sustained figures: that lasts by the number of rows, and says nothing of the index.
final class PlacementBench {
  private static final String NAME = "placement";
  private static final int TASKS_PER_INSTANCE = 100;
  private static final int WARM_INSTANCES = 1_000;
  private static final int SINGLES = 20_000;

  /// Smaller clusters are filled in a fraction of a second, of which one collection of the whole
  /// heap would be most: the median of so many counts.
  private static final int SMALL_RUNS = 5;

  private final int batch;
  private final int largest;
  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20_260_101);

  private long blackHole;

  PlacementBench(Options options) {
    batch = options.number("batch", 10);
    largest = options.number("instances", 10_000);
  }

  /// A filled cluster and what filling it took.
  private record Run(State state, double nanosPerPlacement, double perSecondWithRows) {}

  void run() throws IOException {
    System.err.println("warming up");
    for (int i = 0; i < 4; i++) {
      fill(WARM_INSTANCES);
    }
    Run small = measured(largest / 10);
    measured(largest / 2);
    long before = heapBytes();
    Run large = measured(largest);
    int tasks = large.state.count(Tasks.TABLE);
    long after = heapBytes();
    figure("heap_bytes_per_task", (after - before) / (double) tasks, "B");
    figure("tasks", tasks, "1");
    figure("with_rows_per_s", large.perSecondWithRows, "1/s");
    figure("growth_1000_to_10000", large.nanosPerPlacement / small.nanosPerPlacement, "1");
    singles(large.state);
    if (blackHole == 0) {
      throw new IOException("nothing was placed");
    }
  }

  private Run measured(int instances) {
    System.err.println(instances + " container instances");
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < (instances == largest ? 1 : SMALL_RUNS); i++) {
      System.gc();
      runs.add(fill(instances));
    }
    runs.sort(Comparator.comparingDouble(Run::nanosPerPlacement));
    Run run = runs.get(runs.size() / 2);
    figure("placements_per_s_" + instances, 1e9 / run.nanosPerPlacement, "1/s");
    return run;
  }

  private Run fill(int instances) {
    PlacementCluster cluster = new PlacementCluster(instances);
    State state = cluster.state();
    int wanted = instances * TASKS_PER_INSTANCE;
    long placing = 0;
    int timed = 0;
    int placed = 0;
    long began = System.nanoTime();
    while (placed < wanted) {
      PlacementCluster.Kind kind = cluster.any(random);
      long collections = collections();
      long start = System.nanoTime();
      Choice choice = Placement.place(state, kind.demand(), batch, random);
      long nanos = System.nanoTime() - start;
      if (collections() == collections) {
        placing += nanos;
        timed += choice.chosen().size();
      }
      state = state.with(rows(kind.launch(), choice, cluster.moment(random)));
      placed += choice.chosen().size();
      if (choice.chosen().isEmpty()) {
        break; // full; the figure of tasks tells
      }
    }
    long all = System.nanoTime() - began;
    blackHole += placed;
    return new Run(state, (double) placing / timed, placed * 1e9 / all);
  }

  /// Calls for one task each, in a cluster that is in use.
  private void singles(State full) {
    PlacementCluster cluster = new PlacementCluster(0);
    State state = full;
    double[] micros = new double[SINGLES];
    for (int i = 0; i < SINGLES; i++) {
      PlacementCluster.Kind kind = cluster.any(random);
      long start = System.nanoTime();
      Choice choice = Placement.place(state, kind.demand(), 1, random);
      micros[i] = (System.nanoTime() - start) / 1e3;
      state = state.with(rows(kind.launch(), choice, cluster.moment(random)));
    }
    blackHole += state.count(Tasks.TABLE);
    figure("placement_p50_us", Figure.quantile(micros, 0.5), "us");
    figure("placement_p99_us", Figure.quantile(micros, 0.99), "us");
  }

  private static List<Change> rows(Launch launch, Choice choice, Moment moment) {
    List<Change> changes = new ArrayList<>(choice.chosen().size());
    for (ContainerInstance instance : choice.chosen()) {
      changes.add(Tasks.create(launch.task(instance, List.of(), moment)));
    }
    return changes;
  }

  private static long collections() {
    long count = 0;
    for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += one.getCollectionCount();
    }
    return count;
  }

  /// What is reachable.
  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void figure(String name, double value, String unit) {
    new Figure(NAME, name, value, unit).print();
  }
}
