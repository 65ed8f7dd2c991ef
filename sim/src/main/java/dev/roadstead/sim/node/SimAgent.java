package dev.roadstead.sim.node;

import dev.roadstead.agent.core.Effect;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.NodeCore;
import dev.roadstead.agent.core.NodeSettings;
import dev.roadstead.agent.core.NodeSettingsBuilder;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.Unsaved;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.sim.net.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One process of an agent: the real core, and a shell that does in events what the real one does
/// in threads.
public final class SimAgent {
  static final String CLUSTER = "default";

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  private final Machine machine;
  private final Calls calls;
  private final Hands hands;
  private final Watch watch;
  private final Lines lines;
  private final Unsaved unsaved = new Unsaved();
  private NodeState state;
  private boolean alive = true;

  SimAgent(Machine machine) {
    this.machine = machine;
    this.calls = new Calls(machine.time(), machine.way(), machine.door(), CALL_TIMEOUT);
    AgentDisk disk = machine.disk();
    this.state = NodeCore.restore(settings(machine), disk.tasks(), disk.timeline());
    this.hands = new Hands(this);
    this.watch = new Watch(this);
    this.lines = new Lines(this, disk.instanceArn());
  }

  private static NodeSettings settings(Machine machine) {
    return NodeSettingsBuilder.builder()
        .cluster(CLUSTER)
        .cpuUnits(machine.cpuUnits())
        .memoryMib(machine.memoryMib())
        .reservedPorts(List.of("22/tcp"))
        .gpuIds(List.of())
        .stopTimeout(Duration.ofSeconds(30))
        .cleanupWait(Duration.ofSeconds(90))
        .stoppedTasksMax(20)
        .reportDelay(Duration.ofSeconds(1))
        .build();
  }

  void start() {
    machine.engine().listen(watch::told);
    watch.start();
    lines.start();
  }

  Machine machine() {
    return machine;
  }

  Calls calls() {
    return calls;
  }

  Lines lines() {
    return lines;
  }

  public boolean alive() {
    return alive;
  }

  /// What the core knows.
  public NodeState state() {
    return state;
  }

  /// Empty before the first registration.
  public String instanceArn() {
    return lines.instanceArn();
  }

  void after(Duration wait, Runnable what) {
    machine
        .time()
        .after(
            wait,
            () -> {
              if (alive) {
                what.run();
              }
            });
  }

  /// Steps the core, saves, and does what it says.
  void happens(Event event) {
    if (!alive) {
      return;
    }
    var now = machine.clock().instant();
    NodeCore.Step step = NodeCore.step(state, now, event);
    if (machine.disk().save(unsaved.with(step.effects()), unsaved.any())) {
      unsaved.saved();
    } else {
      Event told = event;
      if (event instanceof Event.Payload payload) {
        told =
            new Event.SaveFailed(
                payload.message(),
                "ResourceInitializationError: the agent cannot save the task: disk full");
      }
      step = NodeCore.step(state, now, told);
      unsaved.failed(step.effects());
    }
    state = step.state();
    for (Effect effect : step.effects()) {
      hands.run(effect);
    }
  }

  /// A payload with the fresh texts it needs.
  void payload(PayloadMessage message) {
    int containers = message.tasks().stream().mapToInt(task -> task.containers().size()).sum();
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < 2 * containers; i++) {
      fresh.add(machine.chance().hex32());
    }
    happens(new Event.Payload(message, fresh));
  }

  void end(boolean silent) {
    alive = false;
    machine.engine().listen(_ -> {});
    lines.die(silent);
  }
}
