package dev.roadstead.sim;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.sim.audit.Violation;
import dev.roadstead.sim.client.Api;
import dev.roadstead.sim.node.FakeEngine;
import dev.roadstead.sim.node.Machine;
import dev.roadstead.sim.node.SimAgent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The end of a run: callers ask for what can be done, and everything must come to rest as it is
/// wanted, within a bound.
final class Rest {
  /// Covers the longest waits of the real code, one after the other: an agent's look at all of its
  /// containers every 5 minutes, a payload repeated after at most 10, a container stopped within
  /// 30 seconds, a launch that is put off.
  static final Duration BOUND = Duration.ofMinutes(20);

  private static final Duration STEP = Duration.ofSeconds(5);

  private final World world;
  private final Api api;
  private final boolean healing;

  /// Nothing is at rest yet.
  ///
  /// @param healing whether things may have been left broken by callers
  Rest(World world, Api api, boolean healing) {
    this.world = world;
    this.api = api;
    this.healing = healing;
  }

  private State rows() {
    return world.server().state();
  }

  void settle(Consumer<Duration> pass) {
    renew();
    pass.accept(STEP);
    wish();
    String lack = "";
    for (Duration gone = STEP; gone.compareTo(BOUND) < 0; gone = gone.plus(STEP)) {
      pass.accept(STEP);
      lack = lack();
      if (lack == null) {
        return;
      }
    }
    throw new Violation("no rest within " + BOUND + ": " + lack);
  }

  /// An agent whose instance was deregistered gives up for an hour: people start it again.
  private void renew() {
    for (Machine machine : world.machines()) {
      SimAgent agent = machine.agent();
      ContainerInstance row = agent == null ? null : row(agent);
      if (row != null && row.status().equals(ContainerInstance.INACTIVE)) {
        machine.kill();
        machine.start();
      }
    }
  }

  private @Nullable ContainerInstance row(SimAgent agent) {
    for (ContainerInstance row : rows().all(ContainerInstances.TABLE)) {
      if (row.arn().equals(agent.instanceArn())) {
        return row;
      }
    }
    return null;
  }

  /// What callers want in the end: healthy services, no tasks of their own.
  private void wish() {
    for (ContainerInstance row : rows().all(ContainerInstances.TABLE)) {
      if (healing && row.status().equals(ContainerInstance.DRAINING)) {
        api.call(
            "UpdateContainerInstancesState",
            "{'containerInstances':['%s'],'status':'ACTIVE'}".formatted(row.arn()));
      }
    }
    for (Service service : rows().all(Services.TABLE)) {
      if (service.active()) {
        api.call(
            "UpdateService",
            ("{'service':'%s','taskDefinition':'steady','forceNewDeployment':true,"
                    + "'deploymentConfiguration':{'minimumHealthyPercent':50,"
                    + "'maximumPercent':200}}")
                .formatted(service.name()));
      }
    }
    for (Task task : rows().all(Tasks.TABLE)) {
      if (task.wanted() && task.serviceName() == null) {
        api.call("StopTask", "{'task':'%s'}".formatted(task.arn()));
      }
    }
  }

  /// What is not yet as it should be; null when all is.
  private @Nullable String lack() {
    Map<String, Machine> live = new TreeMap<>();
    for (Machine machine : world.machines()) {
      SimAgent agent = machine.agent();
      ContainerInstance row = agent == null ? null : row(agent);
      if (!machine.dead()) {
        if (row == null || !row.connected() || !row.status().equals(ContainerInstance.ACTIVE)) {
          return "machine " + machine.number() + " is not there: " + row;
        }
        live.put(row.key(), machine);
      }
    }
    for (Service service : rows().all(Services.TABLE)) {
      String lack = lack(service, live);
      if (lack != null) {
        return lack;
      }
    }
    for (Map.Entry<String, Machine> one : live.entrySet()) {
      String lack = differs(one.getKey(), one.getValue());
      if (lack != null) {
        return lack;
      }
    }
    return null;
  }

  private @Nullable String lack(Service service, Map<String, Machine> live) {
    if (service.inactive()) {
      return null;
    }
    int running = 0;
    int ending = 0;
    for (Task task : rows().rows(Tasks.ALIVE_BY_SERVICE, service.key())) {
      boolean here = live.containsKey(String.valueOf(task.instanceKey()));
      ending += here && !task.wanted() ? 1 : 0;
      running += here && task.wanted() && task.lastStatus() == TaskStatus.RUNNING ? 1 : 0;
    }
    if (service.draining()) { // as long as a dead machine may run a task of it
      return running + ending == 0 ? null : "service " + service.name() + " still drains";
    }
    if (running != service.desiredCount() || service.deployments().size() != 1) {
      return "service %s has %d of %d, %d deployments"
          .formatted(service.name(), running, service.desiredCount(), service.deployments().size());
    }
    return null;
  }

  /// Compares the rows of an instance with what runs there.
  private @Nullable String differs(String key, Machine machine) {
    TreeSet<String> wanted = new TreeSet<>();
    for (Task task : rows().rows(Tasks.ALIVE_BY_INSTANCE, key)) {
      if (!task.wanted() || task.lastStatus() != TaskStatus.RUNNING) {
        return "task " + task.id() + " is " + task.lastStatus() + ", wanted " + task.wanted();
      }
      wanted.add(task.arn());
    }
    TreeSet<String> running = new TreeSet<>();
    for (FakeEngine.Running one : machine.engine().running()) {
      running.add(one.taskArn());
    }
    return wanted.equals(running)
        ? null
        : "machine " + machine.number() + " runs " + running + ", wanted are " + wanted;
  }
}
