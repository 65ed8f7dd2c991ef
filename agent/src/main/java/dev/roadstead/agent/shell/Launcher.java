package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerSpec;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Creates and starts containers, back to back.
final class Launcher {
  /// Docker 20.10 sometimes hangs when very many bridge containers start at once.
  private static final int PARALLEL_MAX = 8;

  /// Tries with other host ports, when somebody outside took the one that was chosen.
  private static final int PORT_ATTEMPTS = 5;

  private final ContainerEngine engine;
  private final HostPorts ports;
  private final Supplier<Specs.Surroundings> around;
  private final Consumer<Event> events;
  private final Semaphore permits = new Semaphore(PARALLEL_MAX, true);

  Launcher(
      ContainerEngine engine,
      HostPorts ports,
      Supplier<Specs.Surroundings> around,
      Consumer<Event> events) {
    this.engine = engine;
    this.ports = ports;
    this.around = around;
    this.events = events;
  }

  void launch(TaskState task, String name) throws InterruptedException {
    permits.acquire();
    try {
      String error = null;
      for (int i = 0; i < PORT_ATTEMPTS; i++) {
        error = attempt(task, name);
        if (error == null || !portTaken(error) || !dynamic(task.definition(name))) {
          break;
        }
      }
      events.accept(new Event.Launched(task.arn(), name, error));
    } finally {
      permits.release();
    }
  }

  private static boolean portTaken(String error) {
    return error.contains("port is already allocated") || error.contains("address already in use");
  }

  private static boolean dynamic(Container container) {
    return container.portMappings().stream()
        .anyMatch(m -> m.hostPort() == null || m.hostPort() == 0);
  }

  /// The error, or null.
  private @Nullable String attempt(TaskState task, String name) throws InterruptedException {
    String owner = task.arn() + "/" + name;
    String id;
    try {
      ImageView image =
          Patience.<@Nullable ImageView>call(
              Patience.USUAL, () -> engine.image(task.definition(name).image()));
      List<NetworkBinding> bindings = ports.bind(owner, task.definition(name));
      ContainerSpec spec = Specs.of(task, name, bindings, image, around.get());
      id = Patience.call(Patience.USUAL, () -> create(spec));
      events.accept(
          new Event.Created(
              task.arn(),
              name,
              id,
              image == null ? null : image.id(),
              image == null ? null : image.digest(),
              bindings));
    } catch (EngineTrouble e) {
      ports.release(owner);
      return reason("CannotCreateContainerError", e);
    } catch (RuntimeException | InterruptedException e) {
      ports.release(owner);
      throw e;
    }
    try {
      start(engine, id);
      return null;
    } catch (EngineTrouble e) {
      return reason("CannotStartContainerError", e);
    } finally {
      ports.release(owner);
    }
  }

  static void start(ContainerEngine engine, String id) throws EngineTrouble, InterruptedException {
    Patience.call(
        Patience.USUAL,
        () -> {
          engine.start(id);
          return id;
        });
  }

  /// `<Name>: <text>`, with the name a time-out has.
  static String reason(String name, EngineTrouble trouble) {
    boolean late = trouble.kind() == EngineTrouble.Kind.TIMEOUT;
    return (late ? "DockerTimeoutError" : name) + ": " + trouble.getMessage();
  }

  /// A container of this name and with our label is what an earlier try left; it never ran.
  private String create(ContainerSpec spec) throws EngineTrouble {
    try {
      return engine.create(spec);
    } catch (EngineTrouble e) {
      if (e.kind() != EngineTrouble.Kind.CONFLICT) {
        throw e;
      }
      ContainerView old = engine.inspect(spec.name());
      if (old == null || !isSameAgents(spec, old)) {
        throw e;
      }
      engine.remove(old.id());
      return engine.create(spec);
    }
  }

  private static boolean isSameAgents(ContainerSpec spec, ContainerView old) {
    String agent = spec.labels().get(AgentId.LABEL);
    return agent != null && agent.equals(old.labels().get(AgentId.LABEL));
  }
}
