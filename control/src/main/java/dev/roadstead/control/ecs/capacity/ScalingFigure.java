package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.control.ecs.taskdefinition.Reservations;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// How many instances a capacity provider has in a cluster and how many it needs. Source: ECS
/// developer guide, "Amazon ECS cluster auto scaling".
///
/// @param instances registered ones
/// @param needed those with a task that is no daemon's while nothing waits, else the registered
///     ones and as many more as what waits would fill, within the step sizes
/// @param waiting tasks without room, of RunTask, of services and of task sets
public record ScalingFigure(int instances, int needed, int waiting) {
  /// Tasks that a service lacks and that are counted: enough to fill the largest step.
  private static final int LACKING_MAX = 1000;

  public static ScalingFigure of(State state, Cluster cluster, CapacityProvider provider) {
    String group = ContainerInstances.providerGroup(cluster.key(), provider.name());
    List<ContainerInstance> all = state.rows(ContainerInstances.BY_PROVIDER, group);
    List<Reservation> waiting = waiting(state, group, provider.name());
    if (waiting.isEmpty()) {
      return new ScalingFigure(all.size(), used(state, cluster, all), 0);
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

  /// How many instances have a task that is no daemon's.
  private static int used(State state, Cluster cluster, List<ContainerInstance> all) {
    List<Service> daemons = state.rows(Services.DAEMONS_BY_CLUSTER, cluster.key());
    int used = 0;
    for (ContainerInstance one : all) {
      InstanceUsage usage = state.value(Tasks.USAGE, one.key());
      int others = usage.tasks();
      for (Service daemon : daemons) {
        others -= usage.groups().tasks(daemon.group());
      }
      used += others > 0 ? 1 : 0;
    }
    return used;
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
      if (service.active() && service.placementRetryAt() != null) {
        int missing = missing(state, service.desiredCount(), service.key(), service.primary());
        add(
            all,
            state,
            service.scope(),
            service.primary(),
            share(service.strategy(), provider, missing));
      }
    }
    for (TaskSet set : state.rows(TaskSets.BY_PROVIDER, group)) {
      Service service = state.find(Services.TABLE, set.serviceKey());
      if (service != null && service.active() && set.placementRetryAt() != null) {
        int desired = set.computedDesiredCount(service.desiredCount());
        int missing = missing(state, desired, service.key(), set.deployment());
        add(all, state, set.scope(), set.deployment(), share(set.strategy(), provider, missing));
      }
    }
    return all;
  }

  private static void add(
      List<Reservation> all, State state, Scope scope, ServiceDeployment of, int count) {
    TaskDefinition definition =
        state.find(TaskDefinitions.TABLE, TaskDefinitions.key(scope, of.family(), of.revision()));
    if (definition != null) {
      all.addAll(Collections.nCopies(count, Reservations.reservationOf(definition)));
    }
  }

  private static int missing(
      State state, int desired, String serviceKey, ServiceDeployment deployment) {
    var counts =
        state.value(Tasks.BY_DEPLOYMENT, Tasks.deploymentGroup(serviceKey, deployment.id()));
    return desired - counts.running() - counts.pending();
  }

  /// How many of the tasks that lack are the provider's.
  private static int share(List<StrategyItem> strategy, String provider, int missing) {
    List<Integer> shares =
        CapacityStrategy.share(strategy, _ -> 0, Math.clamp(missing, 0, LACKING_MAX));
    for (int i = 0; i < shares.size(); i++) {
      if (strategy.get(i).provider().equals(provider)) {
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
