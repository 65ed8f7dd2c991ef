package dev.roadstead.sim.audit;

import dev.roadstead.agent.core.TaskState;
import dev.roadstead.sim.node.FakeEngine;
import dev.roadstead.sim.node.Machine;
import dev.roadstead.sim.node.SimAgent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must hold of the machines at any time: a container of a task runs once at most, wherever;
/// no agent takes more than its host has.
public final class MachineLaws {
  private MachineLaws() {}

  public static void check(List<Machine> machines) {
    Map<String, String> places = new HashMap<>();
    Map<String, Integer> tasks = new HashMap<>();
    for (Machine machine : machines) {
      for (FakeEngine.Running one : machine.engine().running()) {
        String name = one.taskArn() + "/" + one.container();
        String other = places.put(name, one.dockerId());
        Violation.unless(other == null, name + " runs twice: " + other + ", " + one.dockerId());
        Integer elsewhere = tasks.put(one.taskArn(), machine.number());
        Violation.unless(
            elsewhere == null || elsewhere == machine.number(),
            one.taskArn() + " runs on two machines");
      }
      books(machine);
    }
  }

  private static void books(Machine machine) {
    SimAgent agent = machine.agent();
    if (agent == null) {
      return;
    }
    int cpu = 0;
    int memory = 0;
    for (TaskState task : agent.state().tasks().values()) {
      if (task.holdsShare()) {
        cpu += task.demand().cpuUnits();
        memory += task.demand().memoryMib();
      }
    }
    var settings = agent.state().settings();
    Violation.unless(
        cpu <= settings.cpuUnits() && memory <= settings.memoryMib(),
        "machine " + machine.number() + " is overdrawn: " + cpu + " CPU, " + memory + " MiB");
  }
}
