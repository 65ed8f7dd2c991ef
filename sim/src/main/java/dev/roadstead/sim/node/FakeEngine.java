package dev.roadstead.sim.node;

import dev.roadstead.agent.core.Health;
import dev.roadstead.agent.core.Sighting.Condition;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A container engine whose containers do what their image says. It lives on when the agent ends.
public final class FakeEngine {
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int PORT_LOW = 32_768;

  private final Timeline time;
  private final Chance chance;
  private final Map<String, FakeContainer> containers = new TreeMap<>();
  private final Set<String> images = new TreeSet<>();
  private Consumer<FakeContainer> listener = _ -> {};
  private boolean calm;
  private int made;
  private int ports;

  FakeEngine(Timeline time, Chance chance) {
    this.time = time;
    this.chance = chance;
  }

  /// A running container of a task.
  public record Running(String taskArn, String container, String dockerId) {}

  /// Who is told when a container has changed by itself; one at a time.
  void listen(Consumer<FakeContainer> newListener) {
    listener = newListener;
  }

  /// From now on containers do nothing by themselves.
  public void calm() {
    calm = true;
  }

  /// Every running container, in order of ids.
  public List<Running> running() {
    List<Running> running = new ArrayList<>();
    for (FakeContainer one : containers.values()) {
      if (one.running()) {
        running.add(new Running(one.taskArn, one.definition.name(), one.id));
      }
    }
    return running;
  }

  List<FakeContainer> all() {
    return List.copyOf(containers.values());
  }

  @Nullable FakeContainer find(String id) {
    return containers.get(id);
  }

  boolean hasImage(String image) {
    return images.contains(image);
  }

  /// Ends a transfer; an error of the registry, or null.
  @Nullable String pulled(String image) {
    if (Behaviour.of(image) == Behaviour.ABSENT) {
      return "manifest for " + image + " not found";
    }
    if (!calm && chance.in100(3)) {
      return "registry answered 503";
    }
    images.add(image);
    return null;
  }

  Duration pullTime(String image) {
    return calm ? chance.millis(10, 1_000) : Behaviour.of(image).pulls(chance);
  }

  /// The new container, or null when the name is taken.
  @Nullable FakeContainer create(
      String name, String taskArn, Container definition, List<NetworkBinding> bindings) {
    for (FakeContainer one : containers.values()) {
      if (one.name.equals(name)) {
        return null;
      }
    }
    String id = "%04d%s".formatted(made++, chance.hex32());
    FakeContainer container = new FakeContainer(id, name, taskArn, definition, bindings);
    containers.put(id, container);
    return container;
  }

  void removeNamed(String name) {
    containers.values().removeIf(one -> one.name.equals(name));
  }

  int freePort() {
    return PORT_LOW + ports++ % 20_000;
  }

  /// Null, or what the engine says against it.
  @Nullable String start(String id) {
    FakeContainer container = containers.get(id);
    if (container == null) {
      return "No such container: " + id;
    }
    if (container.running()) {
      return null;
    }
    if (Behaviour.of(container.definition.image()) == Behaviour.BROKEN) {
      container.condition = Condition.EXITED;
      container.exitCode = 127;
      return "exec: not found";
    }
    String taken = taken(container);
    if (taken != null) {
      return "Bind for 0.0.0.0:" + taken + " failed: port is already allocated";
    }
    container.condition = Condition.RUNNING;
    container.runs++;
    container.startedAt = time.now();
    container.finishedAt = null;
    container.exitCode = null;
    container.health = Health.UNKNOWN;
    live(container, container.runs);
    return null;
  }

  private @Nullable String taken(FakeContainer container) {
    for (FakeContainer other : containers.values()) {
      if (other != container && other.running()) {
        for (NetworkBinding mine : container.bindings) {
          for (NetworkBinding theirs : other.bindings) {
            if (mine.hostPort() != null
                && mine.hostPort().equals(theirs.hostPort())
                && String.valueOf(mine.protocol()).equals(String.valueOf(theirs.protocol()))) {
              return String.valueOf(mine.hostPort());
            }
          }
        }
      }
    }
    return null;
  }

  private void live(FakeContainer container, int run) {
    Behaviour behaviour = Behaviour.of(container.definition.image());
    Duration lasts = calm ? null : behaviour.lasts(chance);
    if (lasts != null) {
      boolean oom = behaviour == Behaviour.GREEDY;
      int code = oom ? KILLED : chance.oneOf(0, 0, 1, TERMINATED);
      time.after(lasts, () -> exits(container, run, code, oom));
    }
    if (Container.HEALTH_DOCKER.equals(container.definition.healthCheckType())) {
      time.after(chance.millis(1_000, 5_000), () -> health(container, run));
    }
  }

  private void health(FakeContainer container, int run) {
    if (!container.running() || container.runs != run) {
      return;
    }
    boolean sick = !calm && Behaviour.of(container.definition.image()) == Behaviour.SICK;
    Health next = sick && chance.in100(25) ? Health.UNHEALTHY : Health.HEALTHY;
    if (next != container.health) {
      container.health = next;
      listener.accept(container);
    }
    time.after(Duration.ofSeconds(5), () -> health(container, run));
  }

  /// Ends that run of a container, if it still runs.
  void exits(FakeContainer container, int run, int code, boolean oom) {
    if (!container.running() || container.runs != run) {
      return;
    }
    container.condition = Condition.EXITED;
    container.exitCode = code;
    container.oomKilled = oom;
    container.finishedAt = time.now();
    listener.accept(container);
  }

  /// Ends one by somebody's hand, out of turn.
  public void killAny() {
    List<FakeContainer> running = all().stream().filter(FakeContainer::running).toList();
    if (!running.isEmpty()) {
      FakeContainer victim = chance.oneOf(running);
      exits(victim, victim.runs, KILLED, false);
    }
  }

  /// SIGTERM, after the time-out SIGKILL; then the callback.
  void stop(String id, Duration timeout, Runnable ended) {
    FakeContainer container = containers.get(id);
    if (container == null || !container.running()) {
      time.after(chance.millis(0, 3), ended);
      return;
    }
    Duration ends = Behaviour.of(container.definition.image()).ends(chance);
    boolean deaf = ends == null || ends.compareTo(timeout) > 0;
    int run = container.runs;
    time.after(
        deaf || ends == null ? timeout : ends,
        () -> {
          exits(container, run, deaf ? KILLED : TERMINATED, false);
          ended.run();
        });
  }

  void remove(String id) {
    FakeContainer gone = containers.remove(id);
    if (gone != null && gone.running()) {
      gone.condition = Condition.MISSING;
    }
  }

  /// The machine goes off: everything ends at once, unseen.
  void powerOff() {
    for (FakeContainer one : containers.values()) {
      if (one.running()) {
        one.condition = Condition.EXITED;
        one.exitCode = KILLED;
        one.finishedAt = time.now();
      }
    }
  }
}
