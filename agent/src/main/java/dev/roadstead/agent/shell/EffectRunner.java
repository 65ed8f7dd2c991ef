package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Effect;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.Sighting;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.acs.AcsAgentMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts each effect on a virtual thread of its own.
final class EffectRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

  /// Those who do the work.
  record Hands(
      ContainerEngine engine,
      Puller puller,
      Launcher launcher,
      Preparer preparer,
      Reporter reporter,
      Consumer<AcsAgentMessage> acs,
      Runnable healthChanged) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Effect.Wake> wakes = ConcurrentHashMap.newKeySet();
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final Hands hands;

  EffectRunner(InstantSource clock, Consumer<Event> events, Hands hands) {
    this.clock = clock;
    this.events = events;
    this.hands = hands;
  }

  void run(Effect effect) {
    switch (effect) {
      case Effect.Save _, Effect.Forget _, Effect.SaveTimeline _ -> {} // NodeLoop has done it.
      case Effect.Note note -> LOG.info("{}", note.text());
      case Effect.SendAcs send -> hands.acs().accept(send.message());
      case Effect.HealthChanged _ -> hands.healthChanged().run();
      case Effect.CancelPull cancel -> hands.puller().cancel(cancel.taskArn(), cancel.container());
      case Effect.Submit submit -> hands.reporter().submit(submit.report());
      case Effect.Wake wake -> wake(wake);
      case Effect.Prepare prepare ->
          apart(
              prepare.task().arn(), () -> events.accept(hands.preparer().prepare(prepare.task())));
      case Effect.Pull pull ->
          apart(
              pull.task().arn(),
              () -> events.accept(hands.puller().pull(pull.task(), pull.container())));
      case Effect.Launch launch ->
          apart(
              launch.task().arn(),
              () -> hands.launcher().launch(launch.task(), launch.container()));
      case Effect.Start start -> apart(start.taskArn(), () -> start(start));
      case Effect.Stop stop -> apart(stop.taskArn(), () -> stop(stop));
      case Effect.Inspect look ->
          apart(look.taskArn(), () -> look(look.taskArn(), look.container(), look.dockerId()));
      case Effect.Remove remove -> apart(remove.task().arn(), () -> remove(remove.task()));
    }
  }

  private interface Body {
    void run() throws InterruptedException;
  }

  /// A defect stops the task it was met in, not the agent.
  private void apart(String taskArn, Body body) {
    try {
      threads.execute(
          () -> {
            try {
              body.run();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
              LOG.error("an effect has failed", e);
              events.accept(new Event.Broken(taskArn, e.toString()));
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the agent is closing");
    }
  }

  private void wake(Effect.Wake wake) {
    if (wakes.add(wake)) {
      apart(
          wake.taskArn(),
          () -> {
            Instant now = clock.instant();
            Thread.sleep(Duration.between(now, wake.at()).plusMillis(1));
            wakes.remove(wake);
            events.accept(new Event.Woke(wake.taskArn()));
          });
    }
  }

  private void start(Effect.Start start) throws InterruptedException {
    String error = null;
    try {
      Launcher.start(hands.engine(), start.dockerId());
    } catch (EngineTrouble e) {
      error = Launcher.reason("CannotStartContainerError", e);
    }
    events.accept(new Event.Started(start.taskArn(), start.container(), error));
    if (error == null) {
      look(start.taskArn(), start.container(), start.dockerId());
    }
  }

  private void stop(Effect.Stop stop) throws InterruptedException {
    String error = null;
    try {
      Patience.call( // What runs without its engine has not stopped.
          Patience.ENDLESS,
          () -> {
            hands.engine().stop(stop.dockerId(), stop.timeout());
            return stop;
          });
      look(stop.taskArn(), stop.container(), stop.dockerId());
    } catch (EngineTrouble e) {
      if (e.kind() == EngineTrouble.Kind.NOT_FOUND) {
        look(stop.taskArn(), stop.container(), stop.dockerId());
      }
      error = Launcher.reason("CannotStopContainerError", e);
    }
    events.accept(new Event.Stopped(stop.taskArn(), stop.container(), error));
  }

  private void look(String taskArn, String container, String dockerId) {
    try {
      ContainerView view = hands.engine().inspect(dockerId);
      Sighting sighting = view == null ? Sighting.missing(dockerId) : view.sighting();
      events.accept(new Event.Seen(taskArn, container, sighting));
    } catch (EngineTrouble e) {
      LOG.warn("cannot inspect {}: {}", dockerId, e.getMessage()); // The next resync will tell.
    }
  }

  private void remove(TaskState task) {
    String error = null;
    try {
      for (ContainerState container : task.containers()) {
        String id = container.dockerId();
        hands.engine().remove(id == null ? container.dockerName() : id);
      }
      hands.preparer().remove(task);
    } catch (EngineTrouble e) {
      error = e.getMessage();
    }
    events.accept(new Event.Removed(task.arn(), error));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
