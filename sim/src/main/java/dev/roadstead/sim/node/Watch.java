package dev.roadstead.sim.node;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.Sighting;
import dev.roadstead.agent.core.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Listens to the engine, and looks at all containers at the start and now and then.
final class Watch {
  private static final Duration RESYNC = Duration.ofMinutes(5);

  private final SimAgent agent;

  Watch(SimAgent agent) {
    this.agent = agent;
  }

  void start() {
    agent.after(agent.machine().chance().millis(1, 200), this::resync);
    nowAndThen();
  }

  private void nowAndThen() {
    agent.after(
        RESYNC,
        () -> {
          resync();
          nowAndThen();
        });
  }

  /// An event of the engine: after it the container is looked at.
  void told(FakeContainer container) {
    agent.after(
        agent.machine().chance().millis(0, 20),
        () -> look(container.taskArn, container.definition.name(), container.id));
  }

  void look(String taskArn, String name, String dockerId) {
    agent.happens(new Event.Seen(taskArn, name, sighting(dockerId)));
  }

  private Sighting sighting(String dockerId) {
    FakeContainer container = agent.machine().engine().find(dockerId);
    return container == null ? Sighting.missing(dockerId) : container.sighting();
  }

  private void resync() {
    List<Event.Found> found = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (FakeContainer one : agent.machine().engine().all()) {
      seen.add(one.id);
      found.add(new Event.Found(one.taskArn, one.definition.name(), one.name, one.sighting()));
    }
    for (TaskState task : agent.state().tasks().values()) {
      for (ContainerState container : task.containers()) {
        String id = container.dockerId();
        if (id != null && !container.stopped() && !seen.contains(id)) {
          found.add(
              new Event.Found(task.arn(), container.name(), container.dockerName(), sighting(id)));
        }
      }
    }
    // What is found is told a moment later: the core may have learnt of more meanwhile.
    agent.after(
        agent.machine().chance().millis(0, 30),
        () -> agent.happens(new Event.Resynced(found, false)));
  }
}
