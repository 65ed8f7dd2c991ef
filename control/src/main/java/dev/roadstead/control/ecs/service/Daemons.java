package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Demand;
import dev.roadstead.control.ecs.placement.Grounds;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.DaemonRoom;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the tasks of a DAEMON service belong, at one moment: one on each instance that is ACTIVE
/// and matches. Source: ECS developer guide, "Amazon ECS services", daemon scheduling strategy.
///
/// On an instance that drains they stay until nothing else runs there; on one that matches no
/// longer they stop. A new one starts only when the last one there has ended, so that an instance
/// never has two.
final class Daemons {
  private final State state;
  private final Service service;
  private final Census census;
  private final @Nullable Launch launch;
  private final @Nullable Demand demand;
  private final List<ContainerInstance> homes;

  private Daemons(
      State state,
      Service service,
      Census census,
      @Nullable Launch launch,
      @Nullable Demand demand,
      List<ContainerInstance> homes) {
    this.state = state;
    this.service = service;
    this.census = census;
    this.launch = launch;
    this.demand = demand;
    this.homes = homes;
  }

  /// An instance that is away counts while its task is expected back.
  static Daemons of(State state, Service service, Census census, Instant now) {
    Launch launch = service.active() ? Starts.launch(state, service) : null;
    if (launch == null) {
      return new Daemons(state, service, census, null, null, List.of());
    }
    Demand demand =
        launch.demand(
            Constraints.of(ServiceDocument.of(service).placementConstraints()), List.of());
    Set<String> hosts = hosts(census.members());
    List<ContainerInstance> homes = new ArrayList<>();
    for (ContainerInstance one : Grounds.of(state, demand)) {
      if (one.connected() || (hosts.contains(one.key()) && !one.lost(now))) {
        homes.add(one);
      }
    }
    return new Daemons(state, service, census, launch, demand, homes);
  }

  /// How many tasks are wanted.
  int desired() {
    return homes.size();
  }

  /// What others are to leave on its instances; null when it starts nothing.
  @Nullable DaemonRoom room() {
    if (demand == null || service.primary().stalled()) {
      return null;
    }
    List<String> expressions = new ArrayList<>();
    for (Constraint one : demand.constraints()) {
      if (one instanceof Constraint.MemberOf(String expression)) {
        expressions.add(expression);
      }
    }
    return new DaemonRoom(demand.reservation(), demand.external(), demand.requires(), expressions);
  }

  /// What stops and how many start next: old tasks stop while enough are healthy, and where they
  /// were new ones start.
  ///
  /// @param allowedMax how many tasks may be started now for other reasons
  /// @param stopsMax the most stops of one step
  Rollout rollout(int allowedMax, int stopsMax) {
    int allowed = service.active() && service.primary().stalled() ? 0 : allowedMax;
    Set<String> keys = new HashSet<>();
    homes.forEach(one -> keys.add(one.key()));
    List<Member> stops = new ArrayList<>();
    List<Member> old = new ArrayList<>();
    List<Member> fresh = new ArrayList<>();
    int held = 0;
    for (Member one : best(census.members(), stops)) {
      boolean sick = one.is(Member.Condition.UNHEALTHY);
      if (one.guarded() && !sick && (one.stale() || !keys.contains(one.task().instanceKey()))) {
        held++;
      } else if (one.draining()) {
        if (alone(one.task())) {
          stops.add(one);
        }
      } else if (sick || !keys.contains(one.task().instanceKey())) {
        stops.add(one);
      } else if (one.stale()) {
        old.add(one);
      } else {
        fresh.add(one);
      }
    }
    int healthy = healthy(old) + healthy(fresh);
    int budget = allowed;
    for (Member one : old) {
      boolean counts = one.is(Member.Condition.HEALTHY);
      if (budget > 0 && (!counts || healthy > service.lowerBound())) {
        stops.add(one);
        budget--;
        healthy -= counts ? 1 : 0;
      }
    }
    int starts = Math.clamp(allowed, 0, vacant().size());
    boolean stuck =
        allowed > 0
            && !old.isEmpty()
            && stops.isEmpty()
            && starts == 0
            && census.stopping().isEmpty()
            && healthy(fresh) == fresh.size();
    List<Member> now = stops.size() > stopsMax ? stops.subList(0, stopsMax) : stops;
    return new Rollout(List.copyOf(now), starts, 0, homes.size() - fresh.size(), held, stuck);
  }

  /// New tasks on the first of the instances that lack one.
  Starts starts(int count, Moment moment) {
    if (launch == null || demand == null) {
      return Starts.NONE;
    }
    List<Task> tasks = new ArrayList<>();
    List<Veto> vetoes = new ArrayList<>();
    for (ContainerInstance one : vacant()) {
      if (tasks.size() == count) {
        break;
      }
      Veto veto = Placement.veto(state, one, demand);
      if (veto == null) {
        tasks.add(launch.task(one, Placement.gpuIds(state, one, demand), moment));
      } else {
        vetoes.add(veto);
      }
    }
    Veto nearest = Veto.closest(vetoes);
    return nearest == null
        ? new Starts(tasks, null)
        : new Starts(
            tasks,
            Veto.event(vetoes),
            () ->
                "%d instances lack its task. Nearest %s: %s."
                    .formatted(vetoes.size(), nearest.instance().id(), nearest.detail()));
  }

  /// Whether a task is one of those that are waited for before a step is complete: those that leave
  /// last with their instance are not.
  static boolean counts(Service service, Member one) {
    return !service.daemon() || !one.draining();
  }

  /// Instances that are to have a task and have none, not even one that ends.
  private List<ContainerInstance> vacant() {
    Set<String> taken = hosts(census.members());
    for (List<ServiceTask> some : List.of(census.stopping(), census.away())) {
      for (ServiceTask one : some) {
        Task task = state.find(Tasks.TABLE, one.taskKey());
        if (task != null && task.instanceKey() != null) {
          taken.add(task.instanceKey());
        }
      }
    }
    return homes.stream().filter(one -> one.connected() && !taken.contains(one.key())).toList();
  }

  /// Of several on one instance the best stays; the others are added to the stops.
  private static List<Member> best(List<Member> members, List<Member> stops) {
    Map<String, Member> chosen = new LinkedHashMap<>();
    for (Member one : members) {
      String key = Objects.requireNonNullElse(one.task().instanceKey(), "");
      Member other = chosen.putIfAbsent(key, one);
      if (other != null && better(one, other)) {
        chosen.put(key, one);
        stops.add(other);
      } else if (other != null) {
        stops.add(one);
      }
    }
    return List.copyOf(chosen.values());
  }

  private static boolean better(Member one, Member other) {
    if (one.stale() != other.stale()) {
      return other.stale();
    }
    return one.condition().compareTo(other.condition()) > 0;
  }

  /// Whether only daemons are left on the task's instance.
  private boolean alone(Task task) {
    String key = task.instanceKey();
    if (key == null) {
      return true;
    }
    for (Task one : state.rows(Tasks.ALIVE_BY_INSTANCE, key)) {
      String owner = one.serviceKey();
      Service of = owner == null ? null : state.find(Services.TABLE, owner);
      if (of == null || !of.daemon()) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> hosts(List<Member> members) {
    Set<String> keys = new HashSet<>();
    for (Member one : members) {
      if (one.task().instanceKey() != null) {
        keys.add(one.task().instanceKey());
      }
    }
    return keys;
  }

  private static int healthy(List<Member> members) {
    return (int) members.stream().filter(one -> one.is(Member.Condition.HEALTHY)).count();
  }

  /// The services that may have to act because this instance changed.
  static List<String> services(State state, ContainerInstance instance) {
    return state.keys(Services.DAEMONS_BY_CLUSTER, instance.clusterKey());
  }

  /// Whether an instance changed for those who run on every one.
  static boolean differs(@Nullable ContainerInstance before, @Nullable ContainerInstance after) {
    return before == null
        || after == null
        || before.eligible() != after.eligible()
        || !before.status().equals(after.status())
        || !before.attributes().equals(after.attributes());
  }

  /// The services of the tasks beside one that has ended on an instance that drains: daemons may
  /// leave now.
  static List<String> left(State state, Task ended) {
    String key = ended.instanceKey();
    ContainerInstance instance = key == null ? null : state.find(ContainerInstances.TABLE, key);
    if (instance == null || !instance.status().equals(ContainerInstance.DRAINING)) {
      return List.of();
    }
    return state.rows(Tasks.ALIVE_BY_INSTANCE, instance.key()).stream()
        .map(Task::serviceKey)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
