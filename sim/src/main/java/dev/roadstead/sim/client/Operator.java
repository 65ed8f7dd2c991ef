package dev.roadstead.sim.client;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.sim.audit.Promises;
import dev.roadstead.sim.time.Chance;
import java.util.List;
import java.util.function.Supplier;

/// Callers who run, stop, scale, deploy, drain, deregister and delete without rhyme or reason.
public final class Operator {
  private static final List<String> SERVICES = List.of("x", "y", "z");

  private final Api api;
  private final Chance chance;
  private final Supplier<State> rows;
  private final Promises promises;
  private final Families families;

  /// Callers who have done nothing yet.
  ///
  /// @param rows where it finds what to lay hands on
  public Operator(Api api, Chance chance, Supplier<State> rows, Promises promises) {
    this.api = api;
    this.chance = chance;
    this.rows = rows;
    this.promises = promises;
    this.families = new Families(chance);
  }

  /// What must be there first.
  public void begin() {
    api.call("CreateCluster", "{}");
    for (String family : Families.ALL) {
      api.call("RegisterTaskDefinition", families.definition(family));
    }
  }

  /// Makes some call.
  ///
  /// @param services whether services are among what is used
  public void act(boolean services) {
    int kind = chance.below(services ? 22 : 8);
    switch (kind) {
      case 0, 1, 2, 3, 4 -> run();
      case 5, 6 -> stop();
      case 7 -> api.call("ListTasks", "{}");
      case 8, 9, 10 -> create();
      case 11, 12 -> scale();
      case 13, 14 -> deploy();
      case 15 -> delete();
      case 16, 17 -> drain();
      case 18 -> deregister();
      case 19 -> api.call("RegisterTaskDefinition", families.definition(families.any()));
      case 20 -> protect();
      default -> api.call("DescribeServices", "{'services':['x','y','z']}");
    }
  }

  private void run() {
    String token = chance.in100(20) ? ",'clientToken':'t%d'".formatted(chance.below(5)) : "";
    String request =
        "{'taskDefinition':'%s','count':%d%s}"
            .formatted(families.any(), chance.between(1, 4), token);
    api.call("RunTask", request, answer -> answer.arns().forEach(promises::ran));
  }

  private void stop() {
    List<Task> alive =
        rows.get().all(Tasks.TABLE).stream().filter(task -> !task.stopped()).toList();
    if (!alive.isEmpty()) {
      String arn = chance.oneOf(alive).arn();
      api.call("StopTask", "{'task':'%s'}".formatted(arn), _ -> promises.stopped(arn));
    }
  }

  private void create() {
    int minimum = chance.oneOf(0, 50, 100);
    int maximum = chance.oneOf(150, 200);
    api.call(
        "CreateService",
        ("{'serviceName':'%s','taskDefinition':'%s','desiredCount':%d,"
                + "'deploymentConfiguration':{'minimumHealthyPercent':%d,'maximumPercent':%d,"
                + "'deploymentCircuitBreaker':{'enable':%s,'rollback':%s}}}")
            .formatted(
                service(),
                families.serving(),
                chance.below(5),
                minimum,
                maximum,
                chance.below(2) == 0,
                chance.below(2) == 0));
  }

  private void scale() {
    api.call(
        "UpdateService",
        "{'service':'%s','desiredCount':%d}".formatted(service(), chance.below(5)));
  }

  private void deploy() {
    api.call(
        "UpdateService",
        "{'service':'%s','taskDefinition':'%s','forceNewDeployment':%s}"
            .formatted(service(), families.serving(), chance.below(2) == 0));
  }

  private void delete() {
    api.call("DeleteService", "{'service':'%s','force':%s}".formatted(service(), chance.in100(70)));
  }

  private void drain() {
    List<ContainerInstance> all = instances();
    if (!all.isEmpty()) {
      api.call(
          "UpdateContainerInstancesState",
          "{'containerInstances':['%s'],'status':'%s'}"
              .formatted(chance.oneOf(all).arn(), chance.oneOf("ACTIVE", "DRAINING")));
    }
  }

  private void deregister() {
    List<ContainerInstance> all = instances();
    if (!all.isEmpty() && chance.in100(40)) {
      api.call(
          "DeregisterContainerInstance",
          "{'containerInstance':'%s','force':%s}"
              .formatted(chance.oneOf(all).arn(), chance.in100(80)));
    }
  }

  private void protect() {
    List<Task> alive =
        rows.get().all(Tasks.TABLE).stream()
            .filter(task -> task.wanted() && task.serviceName() != null)
            .toList();
    if (!alive.isEmpty()) {
      api.call(
          "UpdateTaskProtection",
          "{'tasks':['%s'],'protectionEnabled':%s,'expiresInMinutes':1}"
              .formatted(chance.oneOf(alive).arn(), chance.in100(70)));
    }
  }

  private List<ContainerInstance> instances() {
    return rows.get().all(ContainerInstances.TABLE).stream()
        .filter(row -> !row.status().equals(ContainerInstance.INACTIVE))
        .toList();
  }

  private String service() {
    return chance.oneOf(SERVICES);
  }
}
