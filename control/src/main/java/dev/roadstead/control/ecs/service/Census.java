package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Crowd;
import dev.roadstead.control.ecs.table.Crowds;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tasks a service follows, sorted out at one moment.
///
/// A large service is looked at often, and most of its tasks are calm or awaited ({@link Crowd}):
/// where those make no difference beyond their number, they are counted and not listed.
///
/// @param members wanted and on an instance that is registered, by key; without those that are
///     counted
/// @param calm how many healthy tasks of the newest deployment are not among the members
/// @param awaited how many pending tasks of the newest deployment are not among the members
/// @param stopping asked to stop and not yet stopped
/// @param lost not stopped, on an instance that is gone: nobody will report their end
/// @param away wanted, on an instance that is lost: nobody knows whether they run, and others take
///     their places
/// @param ended stopped or forgotten, and not taken into account yet
record Census(
    List<Member> members,
    int calm,
    int awaited,
    List<ServiceTask> stopping,
    List<Task> lost,
    List<ServiceTask> away,
    List<Ended> ended) {
  /// @param task null when the task was forgotten
  record Ended(ServiceTask followed, @Nullable Task task) {}

  /// How the tasks of a service are sorted out: {@link #of} or {@link #whole}.
  @FunctionalInterface
  interface Taker {
    Census take(State state, Service service, Duration settle, Instant now);
  }

  /// @param settle how long a task without health check must have been RUNNING to count as healthy
  static Census of(State state, Service service, Duration settle, Instant now) {
    if (!simple(service)) {
      return whole(state, service, settle, now);
    }
    List<ServiceTask> restless = Crowds.of(state, service.key()).restless();
    int ordinary = state.count(ServiceTasks.BY_SERVICE, service.key()) - restless.size();
    String newest = Tasks.deploymentGroup(service.key(), service.primary().id());
    List<ServiceTask> newer =
        restless.stream().filter(one -> one.deploymentId().equals(service.primary().id())).toList();
    if (ordinary != state.value(ServiceTasks.BY_DEPLOYMENT, newest) - newer.size()) {
      return whole(state, service, settle, now); // some are of an older deployment
    }
    int awaited = state.value(Tasks.BY_DEPLOYMENT, newest).pending() - pending(state, newer);
    Census sparse = of(state, service, restless, settle, now).counting(ordinary - awaited, awaited);
    return sparse.chooses(service) ? whole(state, service, settle, now) : sparse;
  }

  /// How many of these are counted as pending.
  private static int pending(State state, List<ServiceTask> some) {
    int pending = 0;
    for (ServiceTask one : some) {
      Task task = state.find(Tasks.TABLE, one.taskKey());
      pending += task != null && task.pending() ? 1 : 0;
    }
    return pending;
  }

  private Census counting(int calmOnes, int awaitedOnes) {
    return new Census(members, calmOnes, awaitedOnes, stopping, lost, away, ended);
  }

  /// With every task listed.
  static Census whole(State state, Service service, Duration settle, Instant now) {
    List<ServiceTask> all = state.rows(ServiceTasks.BY_SERVICE, service.key());
    return of(state, service, all, settle, now);
  }

  /// Whether nothing is going on with the service for which more than the number of its calm tasks
  /// may matter.
  private static boolean simple(Service service) {
    return service.active()
        && !service.daemon()
        && !service.external()
        && service.deployments().size() == 1
        && !service.primary().stalled()
        && service.primary().troubleAt() == null
        && service.primary().nextStartAt() == null
        && service.notices().stream()
            .noneMatch(one -> one.kind() == ServiceNotice.Kind.REBALANCING);
  }

  /// Whether it may have to be chosen between healthy tasks, or a failure counted against them, so
  /// that each must be known.
  private boolean chooses(Service service) {
    return size() > service.desiredCount()
        || members.stream().anyMatch(Member::stale)
        || ended.stream().map(Ended::task).anyMatch(one -> one != null && Trouble.failed(one));
  }

  /// How many tasks are wanted and on an instance that is registered.
  int size() {
    return members.size() + calm + awaited;
  }

  private static Census of(
      State state, Service service, List<ServiceTask> listed, Duration settle, Instant now) {
    Census census =
        new Census(
            new ArrayList<>(),
            0,
            0,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Set<String> guarded = TaskProtections.of(state, service.key(), now);
    String primary = service.deployments().isEmpty() ? "" : service.primary().id();
    for (ServiceTask followed : listed) {
      if (service.external() && !followed.deploymentId().equals(primary)) {
        continue; // of another task set
      }
      Task task = state.find(Tasks.TABLE, followed.taskKey());
      if (task == null || task.stopped()) {
        census.ended.add(new Ended(followed, task));
        continue;
      }
      ContainerInstance instance = instance(state, task);
      String status = status(task, instance);
      if (status.equals(ContainerInstance.INACTIVE)) {
        census.lost.add(task);
      } else if (instance != null && instance.lost(now)) {
        census.away.add(followed);
      } else if (!task.wanted() || task.lastStatus().compareTo(TaskStatus.RUNNING) > 0) {
        census.stopping.add(followed);
      } else {
        boolean draining = status.equals(ContainerInstance.DRAINING);
        boolean stale = draining || !followed.deploymentId().equals(primary);
        Member.Condition condition = condition(service, task, settle, now);
        census.members.add(
            new Member(task, followed, condition, stale, draining, guarded.contains(task.key())));
      }
    }
    return census;
  }

  /// The same with only the tasks of one deployment, as if it were the newest.
  Census only(String deploymentId) {
    List<Member> own =
        members.stream()
            .filter(one -> one.followed().deploymentId().equals(deploymentId))
            .map(Member::current)
            .toList();
    return new Census(own, calm, awaited, stopping, lost, away, ended);
  }

  /// The same as if each task were of the newest deployment.
  Census held() {
    List<Member> all = members.stream().map(Member::current).toList();
    return new Census(all, calm, awaited, stopping, lost, away, ended);
  }

  /// The same without the tasks of one deployment.
  Census without(String deploymentId) {
    List<Member> others =
        members.stream()
            .filter(one -> !one.followed().deploymentId().equals(deploymentId))
            .toList();
    return new Census(others, calm, awaited, stopping, lost, away, ended);
  }

  /// When a task's condition may change though nothing is reported, or null.
  static @Nullable Instant ripens(Service service, Member member, Duration settle) {
    if (!member.is(Member.Condition.YOUNG)) {
      return null;
    }
    if (!member.task().checksHealth()) {
      return member.startedAt().plus(settle);
    }
    return member.task().health() == Health.UNHEALTHY
        ? member.startedAt().plusSeconds(service.healthCheckGraceSeconds())
        : null;
  }

  private static @Nullable ContainerInstance instance(State state, Task task) {
    String key = task.instanceKey();
    return key == null ? null : state.find(ContainerInstances.TABLE, key);
  }

  private static String status(Task task, @Nullable ContainerInstance instance) {
    if (task.instanceKey() == null) {
      return ContainerInstance.ACTIVE;
    }
    return instance == null ? ContainerInstance.INACTIVE : instance.status();
  }

  private static Member.Condition condition(
      Service service, Task task, Duration settle, Instant now) {
    if (task.lastStatus().pending()) {
      return Member.Condition.PENDING;
    }
    Instant started = task.times().startedAt();
    Instant since = started == null ? task.times().createdAt() : started;
    if (!task.checksHealth()) {
      return since.plus(settle).isAfter(now) ? Member.Condition.YOUNG : Member.Condition.HEALTHY;
    }
    return switch (task.health()) {
      case HEALTHY -> Member.Condition.HEALTHY;
      case UNKNOWN -> Member.Condition.YOUNG;
      case UNHEALTHY ->
          since.plusSeconds(service.healthCheckGraceSeconds()).isAfter(now)
              ? Member.Condition.YOUNG
              : Member.Condition.UNHEALTHY;
    };
  }
}
