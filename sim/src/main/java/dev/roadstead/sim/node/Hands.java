package dev.roadstead.sim.node;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Effect;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.task.Container;
import dev.roadstead.sim.net.Door;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Does what the core asks for. What was begun at the engine is done there though the agent dies.
final class Hands {
  private static final int PULL_ATTEMPTS = 5;

  private final SimAgent agent;
  private final Machine machine;
  private final FakeEngine engine;
  private final Set<Effect.Wake> wakes = new LinkedHashSet<>();

  Hands(SimAgent agent) {
    this.agent = agent;
    this.machine = agent.machine();
    this.engine = machine.engine();
  }

  void run(Effect effect) {
    switch (effect) {
      case Effect.Save _, Effect.Forget _, Effect.SaveTimeline _, Effect.CancelPull _ -> {}
      case Effect.Note note -> machine.note("notes " + note.text());
      case Effect.SendAcs send -> agent.lines().send(send.message());
      case Effect.HealthChanged _ -> agent.lines().tellHealth();
      case Effect.Submit submit -> submit(submit.report());
      case Effect.Wake wake -> wake(wake);
      case Effect.Prepare prepare ->
          soon(() -> agent.happens(new Event.Prepared(prepare.task().arn(), null)));
      case Effect.Pull pull -> pull(pull, 1, machine.clock().instant());
      case Effect.Launch launch -> launch(launch.task(), launch.container());
      case Effect.Start start -> start(start);
      case Effect.Stop stop -> stop(stop);
      case Effect.Inspect look ->
          soon(() -> look(look.taskArn(), look.container(), look.dockerId()));
      case Effect.Remove remove -> remove(remove.task());
    }
  }

  private void soon(Runnable what) {
    machine.time().after(machine.chance().millis(0, 30), what);
  }

  private void wake(Effect.Wake wake) {
    if (wakes.add(wake)) {
      Duration wait = Duration.between(machine.clock().instant(), wake.at()).plusMillis(1);
      agent.after(
          wait,
          () -> {
            wakes.remove(wake);
            agent.happens(new Event.Woke(wake.taskArn()));
          });
    }
  }

  private void submit(SubmitTaskStateChangeRequest report) {
    machine.note("reports " + report.task() + " " + report.status());
    agent
        .calls()
        .call(
            Door.Request.of("SubmitTaskStateChange", Json.write(report)),
            agent::alive,
            answer -> {
              if (answer.ok()) {
                agent.happens(new Event.Reported(report));
              } else {
                agent.after(machine.chance().millis(200, 2_000), () -> submit(report));
              }
            });
  }

  private void pull(Effect.Pull pull, int attempt, Instant began) {
    String image = pull.task().definition(pull.container()).image();
    String arn = pull.task().arn();
    if (engine.hasImage(image)) {
      soon(() -> agent.happens(new Event.Pulled(arn, pull.container(), null, null, null, null)));
      return;
    }
    machine
        .time()
        .after(
            engine.pullTime(image),
            () -> {
              String error = engine.pulled(image);
              boolean again = error != null && error.contains("503") && attempt < PULL_ATTEMPTS;
              if (again) {
                agent.after(
                    machine.chance().millis(1_000, 5_000), () -> pull(pull, attempt + 1, began));
              } else {
                agent.happens(
                    new Event.Pulled(
                        arn,
                        pull.container(),
                        error == null ? null : "CannotPullContainerError: " + error,
                        began,
                        machine.clock().instant(),
                        null));
              }
            });
  }

  private void launch(TaskState task, String name) {
    soon(
        () -> {
          FakeContainer made = create(task, name);
          machine.note("creates " + name + " of " + task.arn());
          agent.happens(
              new Event.Created(task.arn(), name, made.id, "sha256:0", null, made.bindings));
          soon(
              () -> {
                if (agent.alive()) {
                  String error = engine.start(made.id);
                  machine.note("starts " + name + " of " + task.arn());
                  agent.after(
                      machine.chance().millis(0, 10),
                      () ->
                          agent.happens(
                              new Event.Launched(
                                  task.arn(),
                                  name,
                                  error == null ? null : "CannotStartContainerError: " + error)));
                }
              });
        });
  }

  private FakeContainer create(TaskState task, String name) {
    Container definition = task.definition(name);
    String dockerName = task.container(name).dockerName();
    List<NetworkBinding> bindings = bindings(definition);
    FakeContainer made = engine.create(dockerName, task.arn(), definition, bindings);
    if (made == null) {
      engine.removeNamed(dockerName); // what an earlier try left
      made = engine.create(dockerName, task.arn(), definition, bindings);
    }
    if (made == null) {
      throw new IllegalStateException("the name is free now");
    }
    return made;
  }

  private List<NetworkBinding> bindings(Container definition) {
    List<NetworkBinding> bindings = new ArrayList<>();
    for (Container.PortMapping mapping : definition.portMappings()) {
      Integer port = mapping.hostPort();
      bindings.add(
          new NetworkBinding(
              "0.0.0.0",
              mapping.containerPort(),
              port == null || port == 0 ? Integer.valueOf(engine.freePort()) : port,
              mapping.protocol() == null ? "tcp" : mapping.protocol(),
              null,
              null));
    }
    return bindings;
  }

  private void start(Effect.Start start) {
    soon(
        () -> {
          String error = engine.start(start.dockerId());
          machine.note("starts " + start.container() + " of " + start.taskArn());
          agent.happens(
              new Event.Started(
                  start.taskArn(),
                  start.container(),
                  error == null ? null : "CannotStartContainerError: " + error));
          if (error == null) {
            look(start.taskArn(), start.container(), start.dockerId());
          }
        });
  }

  private void stop(Effect.Stop stop) {
    machine.note("stops " + stop.container() + " of " + stop.taskArn());
    engine.stop(
        stop.dockerId(),
        stop.timeout(),
        () -> {
          look(stop.taskArn(), stop.container(), stop.dockerId());
          agent.happens(new Event.Stopped(stop.taskArn(), stop.container(), null));
        });
  }

  private void look(String taskArn, String name, String dockerId) {
    FakeContainer container = engine.find(dockerId);
    var sighting =
        container == null
            ? dev.roadstead.agent.core.Sighting.missing(dockerId)
            : container.sighting();
    agent.happens(new Event.Seen(taskArn, name, sighting));
  }

  private void remove(TaskState task) {
    soon(
        () -> {
          for (ContainerState container : task.containers()) {
            @Nullable String id = container.dockerId();
            if (id == null) {
              engine.removeNamed(container.dockerName());
            } else {
              engine.remove(id);
            }
          }
          agent.happens(new Event.Removed(task.arn(), null));
        });
  }
}
