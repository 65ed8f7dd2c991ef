package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.Sighting;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineEvent;
import dev.roadstead.agent.engine.EngineTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to the engine. Whenever the stream opens, and every few minutes, all containers are
/// looked at as a whole, so nothing that happened in between is missed.
final class EngineWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /// Source: Amazon's agent re-inspects every 5 minutes.
  private static final Duration RESYNC = Duration.ofMinutes(5);

  /// Actions after which a container is looked at.
  private static final Set<String> TELLING = Set.of("die", "destroy", "oom");

  private final ContainerEngine engine;
  private final AgentId agent;
  private final Supplier<NodeState> state;
  private final Consumer<Event> events;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean reachable;

  /// @param agent only containers with its label are looked at
  /// @param state what the core believes
  EngineWatch(
      ContainerEngine engine, AgentId agent, Supplier<NodeState> state, Consumer<Event> events) {
    this.engine = engine;
    this.agent = agent;
    this.state = state;
    this.events = events;
  }

  void start() {
    threads.execute(this::listen);
    threads.execute(this::resyncNowAndThen);
  }

  boolean reachable() {
    return reachable;
  }

  private void listen() {
    var backoff = new Backoff(PAUSE, PAUSE_MAX, 2);
    boolean first = true;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean wasAway = !first;
        try {
          engine.events(
              agent.filter(),
              0,
              () -> {
                reachable = true;
                backoff.reset();
                threads.execute(() -> resync(wasAway));
              },
              this::told);
          LOG.warn("the engine has ended its event stream");
        } catch (EngineTrouble e) {
          if (threads.isShutdown()) {
            return;
          }
          LOG.warn("the engine's events cannot be heard: {}", e.getMessage());
        }
        first = first && !reachable;
        reachable = false;
        backoff.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void told(EngineEvent event) {
    String arn = event.labels().get(Specs.LABEL_TASK);
    String container = event.labels().get(Specs.LABEL_CONTAINER);
    if (arn == null || container == null) {
      return;
    }
    boolean telling =
        TELLING.contains(event.action())
            || event.action().startsWith("health_status:")
            || (event.action().equals("start") && thoughtStopped(arn, container));
    if (telling) {
      threads.execute(() -> look(arn, container, event.dockerId()));
    }
  }

  private boolean thoughtStopped(String arn, String name) {
    TaskState task = state.get().find(arn);
    ContainerState container = task == null ? null : task.find(name);
    return container != null && container.stopped();
  }

  private Sighting sighting(String dockerId) throws EngineTrouble {
    ContainerView view = engine.inspect(dockerId);
    return view == null ? Sighting.missing(dockerId) : view.sighting();
  }

  private void look(String arn, String container, String dockerId) {
    try {
      events.accept(new Event.Seen(arn, container, sighting(dockerId)));
    } catch (EngineTrouble e) {
      LOG.warn("cannot inspect {}: {}", dockerId, e.getMessage());
    }
  }

  private void resyncNowAndThen() {
    try {
      while (true) {
        Thread.sleep(RESYNC);
        if (reachable) {
          resync(false);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks at all containers that carry our label, and at those that are believed to exist.
  private void resync(boolean engineWasAway) {
    NodeState expected = state.get();
    var found = new ArrayList<Event.Found>();
    var seen = new TreeSet<String>();
    try {
      for (String id : engine.list(agent.filter())) {
        seen.add(id);
        ContainerView view = engine.inspect(id);
        String arn = view == null ? null : view.labels().get(Specs.LABEL_TASK);
        String name = view == null ? null : view.labels().get(Specs.LABEL_CONTAINER);
        if (view != null && arn != null && name != null) {
          found.add(new Event.Found(arn, name, view.name(), view.sighting()));
        }
      }
      for (TaskState task : expected.tasks().values()) {
        for (ContainerState container : task.containers()) {
          String id = container.dockerId();
          if (id != null && !container.stopped() && !seen.contains(id)) {
            found.add(
                new Event.Found(
                    task.arn(), container.name(), container.dockerName(), sighting(id)));
          }
        }
      }
      events.accept(new Event.Resynced(found, engineWasAway));
    } catch (EngineTrouble e) {
      LOG.warn("cannot compare with the engine: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
