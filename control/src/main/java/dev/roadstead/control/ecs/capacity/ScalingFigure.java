package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.control.ecs.taskdefinition.Reservations;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// How many instances a capacity provider has in a cluster and how many it needs. Source: ECS
/// developer guide, "Amazon ECS cluster auto scaling".
///
/// @param instances registered ones
/// @param needed those with a task on them while nothing waits, else the registered ones and as
///     many more as what waits would fill, within the step sizes
/// @param waiting tasks without room, of RunTask and of services
public record ScalingFigure(int instances, int needed, int waiting) {
  /// Tasks that a service lacks and that are counted: enough to fill the largest step.
  private static final int LACKING_MAX = 1000;

  public static ScalingFigure of(State state, Cluster cluster, CapacityProvider provider) {
    String group = ContainerInstances.providerGroup(cluster.key(), provider.name());
    List<ContainerInstance> all = state.rows(ContainerInstances.BY_PROVIDER, group);
    List<Reservation> waiting = waiting(state, group, provider.name());
    if (waiting.isEmpty()) {
      int used = 0;
      for (ContainerInstance one : all) {
        used += state.value(Tasks.USAGE, one.key()).tasks() > 0 ? 1 : 0;
      }
      return new ScalingFigure(all.size(), used, 0);
    }
    int more = Math.clamp(bins(waiting, all), provider.minimumStep(), provider.maximumStep());
    return new ScalingFigure(all.size(), all.size() + more, waiting.size());
  }

  /// `CapacityProviderReservation`, in percent: above 100 when more instances are needed.
  public int reservationPercent() {
    if (instances == 0) {
      return needed == 0 ? 100 : 200;
    }
    return (int) (100L * needed / instances);
  }

  private static List<Reservation> waiting(State state, String group, String provider) {
    List<Reservation> all = new ArrayList<>();
    for (WaitingTask row : state.rows(WaitingTasks.BY_PROVIDER, group)) {
      Task task = state.find(Tasks.TABLE, row.taskKey());
      if (task != null) {
        all.add(task.reservation());
      }
    }
    for (Service service : state.rows(Services.BY_PROVIDER, group)) {
      TaskDefinition definition =
          service.active() && service.placementRetryAt() != null
              ? state.find(
                  TaskDefinitions.TABLE,
                  TaskDefinitions.key(
                      service.scope(), service.primary().family(), service.primary().revision()))
              : null;
      if (definition != null) {
        Reservation one = Reservations.reservationOf(definition, TaskOverride.builder().build());
        for (int i = lacking(state, service, provider); i > 0; i--) {
          all.add(one);
        }
      }
    }
    return all;
  }

  /// How many tasks of that provider a service lacks.
  private static int lacking(State state, Service service, String provider) {
    var counts =
        state.value(
            Tasks.BY_DEPLOYMENT, Tasks.deploymentGroup(service.key(), service.primary().id()));
    int missing = service.desiredCount() - counts.running() - counts.pending();
    List<Integer> shares =
        CapacityStrategy.share(service.strategy(), _ -> 0, Math.clamp(missing, 0, LACKING_MAX));
    for (int i = 0; i < shares.size(); i++) {
      if (service.strategy().get(i).provider().equals(provider)) {
        return shares.get(i);
      }
    }
    return 0;
  }

  /// How many instances like the largest one the tasks fill, largest task first; those that do not
  /// fit the smallest one are left out. At least one.
  private static int bins(List<Reservation> waiting, List<ContainerInstance> all) {
    Comparator<ContainerInstance> size =
        Comparator.comparingInt(ContainerInstance::memoryMib)
            .thenComparingInt(ContainerInstance::cpuUnits);
    if (all.isEmpty()) {
      return 1;
    }
    ContainerInstance least = all.stream().min(size).orElseThrow();
    ContainerInstance most = all.stream().max(size).orElseThrow();
    List<Reservation> fitting =
        waiting.stream()
            .filter(
                one -> one.memoryMib() <= least.memoryMib() && one.cpuUnits() <= least.cpuUnits())
            .sorted(Comparator.comparingInt(Reservation::memoryMib).reversed())
            .toList();
    List<int[]> bins = new ArrayList<>();
    for (Reservation one : fitting) {
      int[] bin = null;
      for (int[] open : bins) {
        if (bin == null && open[0] >= one.cpuUnits() && open[1] >= one.memoryMib()) {
          bin = open;
        }
      }
      if (bin == null) {
        bin = new int[] {most.cpuUnits(), most.memoryMib()};
        bins.add(bin);
      }
      bin[0] -= one.cpuUnits();
      bin[1] -= one.memoryMib();
    }
    return Math.max(1, bins.size());
  }
}
