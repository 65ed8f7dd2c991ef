package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.service.Vacancy;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a service is, or is not, as it is asked to be.
final class ServiceWhy {
  private static final int EVENTS_SHOWN = 3;

  /// From this many rounds of failed starts on, they are what holds the service up.
  private static final int LOOPS = 2;

  private final Look look;
  private final Service service;
  private final String subject;
  private final TaskCounts counts;

  private ServiceWhy(Look look, Service service) {
    this.look = look;
    this.service = service;
    this.subject = "service " + service.name() + " in cluster " + service.cluster();
    this.counts = counts(look, service);
  }

  static Finding of(Look look, Service service) {
    List<Service> views = Vacancy.views(look.state(), service);
    if (views.isEmpty() && service.active()) {
      return new ServiceWhy(look, service).withoutTaskSet();
    }
    Service chosen =
        views.stream()
            .min(Comparator.comparing(view -> counts(look, view).running() >= view.desiredCount()))
            .orElse(service);
    return new ServiceWhy(look, chosen).finding();
  }

  private static TaskCounts counts(Look look, Service view) {
    int running = 0;
    int pending = 0;
    int stopping = 0;
    for (ServiceDeployment one : view.deployments()) {
      TaskCounts some =
          look.state().value(Tasks.BY_DEPLOYMENT, Tasks.deploymentGroup(view.key(), one.id()));
      running += some.running();
      pending += some.pending();
      stopping += some.stopping();
    }
    return new TaskCounts(running, pending, stopping);
  }

  private Finding withoutTaskSet() {
    List<String> evidence = new ArrayList<>(evidence());
    evidence.add("it has no task set, and nothing runs before one is created");
    return Finding.of(Reason.AS_WANTED, subject, evidence, service.createdAt());
  }

  private Finding finding() {
    if (!service.active() || service.deployments().isEmpty()) {
      return deleted();
    }
    ServiceDeployment primary = service.primary();
    DeploymentRecord record = DeploymentWhy.record(look, service, primary);
    Finding set = DeploymentWhy.setBack(look, service, record, this::withFault);
    if (set != null) {
      return set;
    }
    boolean complete = counts.running() == service.desiredCount() && counts.pending() == 0;
    if (complete && service.deployments().size() == 1 && !moves(primary)) {
      Finding ill = ill();
      return ill != null
          ? ill
          : Finding.of(Reason.AS_WANTED, subject, evidence(), primary.updatedAt());
    }
    Finding held = held(primary, record);
    return held == null ? onItsWay(primary) : held;
  }

  private Finding deleted() {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "status %s; %d tasks have not ended"
            .formatted(service.status(), look.alive(service).size()));
    evidence.addAll(evidence());
    Instant at = service.inactiveAt();
    return Finding.of(Reason.DELETED, subject, evidence, at == null ? service.createdAt() : at);
  }

  private static boolean moves(ServiceDeployment primary) {
    return primary.inProgress() && (primary.shift() != null || primary.alarms() != null);
  }

  /// What holds the service up; null when it is on its way.
  private @Nullable Finding held(ServiceDeployment primary, @Nullable DeploymentRecord record) {
    boolean lacks = counts.running() + counts.pending() < service.desiredCount();
    if (lacks && primary.trouble() >= LOOPS) {
      return crashLoop(primary);
    }
    Finding room = lacks ? room() : null;
    if (room != null) {
      return room;
    }
    Finding hook = DeploymentWhy.hook(service, record, subject, evidence());
    if (hook != null) {
      return hook;
    }
    for (ServiceNotice one : service.notices()) {
      Reason reason =
          switch (one.kind()) {
            case PROTECTED -> Reason.PROTECTED;
            case BLOCKED -> Reason.BLOCKED_BY_PERCENTAGES;
            default -> null;
          };
      if (reason != null) {
        return Blocks.of(look, service, reason, subject, one.at(), evidence());
      }
    }
    if (lacks && primary.trouble() > 0) {
      return crashLoop(primary);
    }
    return counts.pending() == 0 && !lacks
        ? DeploymentWhy.bakes(service, subject, evidence())
        : null;
  }

  private Finding crashLoop(ServiceDeployment primary) {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "%d rounds of starts in a row ended early; the next is at %s"
            .formatted(primary.trouble(), primary.nextStartAt()));
    Instant since = primary.troubleAt();
    return withFault(Reason.CRASH_LOOP, subject, evidence, since);
  }

  private @Nullable Finding room() {
    Vacancy vacancy = Vacancy.of(look.state(), service, look.call().random());
    if (vacancy == null) {
      return null;
    }
    Instant since =
        service.notices().stream()
            .filter(one -> one.kind() == ServiceNotice.Kind.PLACEMENT)
            .map(ServiceNotice::at)
            .findFirst()
            .orElse(service.primary().updatedAt());
    Finding room =
        Shortages.of(
            look,
            new Shortages.Asked(
                service.clusterKey(), vacancy.provider(), vacancy.choice(), subject, since));
    return room == null ? null : room.with(evidence());
  }

  /// The finding of a task that is not well though all are there; null when all are.
  private @Nullable Finding ill() {
    for (Task task : look.alive(service)) {
      ContainerInstance instance = look.instance(task);
      boolean away = instance != null && !instance.connected();
      if (task.wanted() && (away || task.health() == Health.UNHEALTHY)) {
        Finding found = TaskWhy.of(look, task);
        return found.about(subject, "as is " + found.subject(), evidence());
      }
    }
    return null;
  }

  /// The finding of the oldest task that is not RUNNING yet, else that a deployment goes on.
  private Finding onItsWay(ServiceDeployment primary) {
    Task slow =
        look.alive(service).stream()
            .filter(one -> one.wanted() && one.lastStatus() != TaskStatus.RUNNING)
            .min(Comparator.comparing((Task one) -> one.times().createdAt()))
            .orElse(null);
    if (slow == null) {
      Finding ill = ill();
      return ill == null
          ? Finding.of(Reason.ROLLING_OUT, subject, evidence(), primary.createdAt())
          : ill;
    }
    Finding task = TaskWhy.of(look, slow);
    List<String> evidence = new ArrayList<>(evidence());
    evidence.add("the oldest that is on its way: " + task.subject());
    return task.as(Reason.ROLLING_OUT, subject, evidence);
  }

  /// The finding with the last task that failed, if one is known: its change is what helps.
  private Finding withFault(
      Reason reason, String about, List<String> first, @Nullable Instant since) {
    List<String> evidence = new ArrayList<>(first);
    evidence.addAll(evidence());
    Task failed = lastFault();
    if (failed == null) {
      return Finding.of(reason, about, evidence, since);
    }
    Finding last = StoppedWhy.of(failed);
    evidence.add("the last that failed: " + last.subject());
    Finding all = last.as(reason, about, evidence);
    return new Finding(
        reason, about, all.evidence(), since == null ? last.since() : since, last.change());
  }

  /// The task of this service that ended last by its own fault; null when none did.
  private @Nullable Task lastFault() {
    return look.lastStopped(service, StoppedWhy::failed);
  }

  private List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "%d of %d running, %d pending, %d deployments"
            .formatted(
                counts.running(),
                service.desiredCount(),
                counts.pending(),
                service.deployments().size()));
    look.events(service).stream()
        .limit(EVENTS_SHOWN)
        .forEach(one -> evidence.add("event %s: %s".formatted(one.createdAt(), one.message())));
    return evidence;
  }
}
