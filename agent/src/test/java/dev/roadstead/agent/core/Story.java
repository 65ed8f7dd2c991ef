package dev.roadstead.agent.core;

import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells a story to the core: what happens is said by the test, time moves when the test says so.
/// Effects wait in a list until the test answers them, or are answered as a healthy engine would.
final class Story {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PREFIX = "arn:aws:ecs:us-east-1:000000000000:task/default/";

  NodeState state;
  Instant now = START;
  final List<Effect> effects = new ArrayList<>();
  final List<SubmitTaskStateChangeRequest> reports = new ArrayList<>();
  private int messages;

  Story(int cpuUnits, int memoryMib) {
    var settings =
        new NodeSettings(
            "default",
            cpuUnits,
            memoryMib,
            List.of("22/tcp"),
            List.of("GPU-1", "GPU-2"),
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            10,
            Duration.ofSeconds(1));
    state = NodeCore.restore(settings, List.of(), 0);
    happens(new Event.Resynced(List.of(), false));
  }

  static ContainerBuilder container(String name) {
    return ContainerBuilder.builder().name(name).image("i").essential(true).memory(10).cpu(10);
  }

  static Container.Dependency on(String name, String condition) {
    return new Container.Dependency(name, condition);
  }

  static Task task(String id, Container... containers) {
    return TaskBuilder.builder()
        .arn(PREFIX + id)
        .family("f")
        .version("1")
        .desiredStatus("RUNNING")
        .containers(List.of(containers))
        .build();
  }

  void happens(Event event) {
    NodeCore.Step step = NodeCore.step(state, now, event);
    state = step.state();
    effects.addAll(step.effects());
  }

  void arrives(Task... tasks) {
    var fresh = new ArrayList<String>();
    for (Task task : tasks) {
      for (int i = 0; i < 2 * task.containers().size(); i++) {
        fresh.add("%032x".formatted(messages * 100 + fresh.size()));
      }
    }
    messages++;
    happens(
        new Event.Payload(
            new PayloadMessage("c", "ci", "m" + messages, 1L, 1, null, List.of(tasks)), fresh));
  }

  void stops(Task task) {
    arrives(TaskBuilder.builder().arn(task.arn()).desiredStatus("STOPPED").build());
  }

  /// Moves time and wakes those who asked for it.
  void passes(Duration time) {
    now = now.plus(time);
    var due = new ArrayList<Effect.Wake>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Wake wake && !wake.at().isAfter(now)) {
        due.add(wake);
      }
    }
    effects.removeAll(due);
    due.forEach(wake -> happens(new Event.Woke(wake.taskArn())));
  }

  /// Answers all that waits, as a healthy engine and control plane do, until nothing is left.
  void settles() {
    settles(_ -> true);
  }

  void settles(Predicate<Effect> which) {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Effect effect : List.copyOf(effects)) {
        if (!(effect instanceof Effect.Wake) && which.test(effect) && effects.remove(effect)) {
          progress |= answer(effect);
        }
      }
    }
  }

  /// Answers just these.
  void settlesOnce(List<Effect> chosen) {
    for (Effect effect : List.copyOf(chosen)) {
      if (!(effect instanceof Effect.Wake) && effects.remove(effect)) {
        answer(effect);
      }
    }
  }

  private boolean answer(Effect effect) {
    switch (effect) {
      case Effect.Pull e ->
          happens(new Event.Pulled(e.task().arn(), e.container(), null, null, null, null));
      case Effect.Prepare e -> happens(new Event.Prepared(e.task().arn(), null));
      case Effect.Launch e -> {
        String id = "id-" + e.task().id() + "-" + e.container();
        happens(new Event.Created(e.task().arn(), e.container(), id, "image", null, List.of()));
        happens(new Event.Launched(e.task().arn(), e.container(), null));
      }
      case Effect.Start e -> happens(new Event.Started(e.taskArn(), e.container(), null));
      case Effect.Stop e -> {
        happens(new Event.Seen(e.taskArn(), e.container(), exit(e.dockerId(), 143)));
        happens(new Event.Stopped(e.taskArn(), e.container(), null));
      }
      case Effect.Submit e -> {
        reports.add(e.report());
        happens(new Event.Reported(e.report()));
      }
      case Effect.Remove e -> happens(new Event.Removed(e.task().arn(), null));
      default -> {
        return false;
      }
    }
    return true;
  }

  Sighting exit(String dockerId, int code) {
    return new Sighting(
        dockerId,
        Sighting.Condition.EXITED,
        START,
        now,
        code,
        false,
        Health.UNKNOWN,
        null,
        List.of());
  }

  void exits(Task task, String container, int code) {
    String id = state.task(task.arn()).container(container).dockerId();
    happens(new Event.Seen(task.arn(), container, exit(id == null ? "" : id, code)));
  }

  void becomes(Task task, String container, Health health) {
    becomes(task, container, health, null);
  }

  /// @param probe what the health check said; null when it did not fail
  void becomes(Task task, String container, Health health, @Nullable String probe) {
    String id = state.task(task.arn()).container(container).dockerId();
    happens(
        new Event.Seen(
            task.arn(),
            container,
            new Sighting(
                id == null ? "" : id,
                Sighting.Condition.RUNNING,
                START,
                null,
                null,
                false,
                health,
                probe,
                null,
                List.of())));
  }

  /// The statuses of all containers of a task, in the order of the definition.
  String statuses(Task task) {
    var statuses = new TreeMap<String, Status>();
    state.task(task.arn()).containers().forEach(c -> statuses.put(c.name(), c.known()));
    return statuses.toString();
  }

  /// The statuses that were reported of a task.
  List<@Nullable String> told(Task task) {
    return reports.stream()
        .filter(r -> r.task().equals(task.arn()))
        .<@Nullable String>map(SubmitTaskStateChangeRequest::status)
        .toList();
  }

  <E extends Effect> List<E> waiting(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
