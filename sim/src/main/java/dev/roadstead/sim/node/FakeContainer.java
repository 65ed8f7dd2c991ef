package dev.roadstead.sim.node;

import dev.roadstead.agent.core.Health;
import dev.roadstead.agent.core.Sighting;
import dev.roadstead.agent.core.Sighting.Condition;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container of a fake engine.
final class FakeContainer {
  final String id;
  final String name;
  final String taskArn;
  final Container definition;
  final List<NetworkBinding> bindings;
  Condition condition = Condition.CREATED;
  int runs;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Integer exitCode;
  boolean oomKilled;
  Health health = Health.UNKNOWN;

  FakeContainer(
      String id, String name, String taskArn, Container definition, List<NetworkBinding> bindings) {
    this.id = id;
    this.name = name;
    this.taskArn = taskArn;
    this.definition = definition;
    this.bindings = List.copyOf(bindings);
  }

  boolean running() {
    return condition == Condition.RUNNING;
  }

  /// As the engine shows it.
  Sighting sighting() {
    return new Sighting(
        id, condition, startedAt, finishedAt, exitCode, oomKilled, health, null, bindings);
  }
}
