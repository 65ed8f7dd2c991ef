package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.ServiceCounts;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Why a container instance or a cluster takes no tasks, or has none.
final class PlaceWhy {
  private PlaceWhy() {}

  static Finding of(Look look, ContainerInstance instance) {
    String subject = "container instance " + instance.id() + " in cluster " + instance.cluster();
    InstanceUsage usage = look.state().value(Tasks.USAGE, instance.key());
    int cpu = Math.max(0, instance.cpuUnits() - usage.cpuUnits());
    int memory = Math.max(0, instance.memoryMib() - usage.memoryMib());
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "status %s, agent connected: %s".formatted(instance.status(), instance.connected()));
    evidence.add("%d tasks running, %d pending".formatted(usage.running(), usage.pending()));
    evidence.add(
        "free: %d of %d CPU units, %d of %d MiB"
            .formatted(cpu, instance.cpuUnits(), memory, instance.memoryMib()));
    Instant lostAt = instance.lostAt();
    if (!instance.connected() && lostAt != null) {
      evidence.add("its service tasks are given up at " + lostAt + " unless the agent is back");
    }
    return switch (instance.status()) {
      case ContainerInstance.INACTIVE ->
          Finding.of(Reason.DELETED, subject, evidence, since(instance));
      case ContainerInstance.DRAINING -> draining(look, instance, subject, evidence);
      default -> {
        boolean used = usage.running() + usage.pending() > 0;
        Reason reason =
            !instance.connected()
                ? Reason.AGENT_AWAY
                : cpu == 0 || memory == 0 ? Reason.FULL : used ? Reason.AS_WANTED : Reason.UNUSED;
        yield Finding.of(reason, subject, evidence, since(instance));
      }
    };
  }

  /// Since when its status and its connection are as they are.
  static Instant since(ContainerInstance instance) {
    Instant inactive = instance.inactiveAt();
    Instant changed = instance.changedAt();
    return inactive != null ? inactive : changed != null ? changed : instance.registeredAt();
  }

  private static Finding draining(
      Look look, ContainerInstance instance, String subject, List<String> evidence) {
    int ofServices = 0;
    int guarded = 0;
    int standalone = 0;
    for (Task task : look.state().rows(Tasks.ALIVE_BY_INSTANCE, instance.key())) {
      if (task.serviceName() == null) {
        standalone++;
      } else {
        ofServices++;
        boolean held = TaskProtections.expiry(look.state(), task, look.call().now()) != null;
        guarded += held ? 1 : 0;
      }
    }
    evidence.add(
        "%d service tasks are left, %d of them under protection, and %d standalone ones"
            .formatted(ofServices, guarded, standalone));
    String change =
        ofServices + standalone == 0
            ? "It is empty: deregister it, or set it to ACTIVE to use it again."
            : standalone > 0
                ? "Stop its standalone tasks, or wait for their ends; ACTIVE ends the draining."
                : Reason.DRAINING.advice();
    return new Finding(Reason.DRAINING, subject, evidence, since(instance), change);
  }

  static Finding of(Look look, Cluster cluster) {
    String subject = "cluster " + cluster.name();
    if (!cluster.active()) {
      Instant at = cluster.inactiveAt();
      return Finding.of(
          Reason.DELETED,
          subject,
          List.of("status " + cluster.status()),
          at == null ? cluster.createdAt() : at);
    }
    int all = 0;
    int active = 0;
    int there = 0;
    for (String key : look.state().keys(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key())) {
      ContainerInstance one = look.state().get(ContainerInstances.TABLE, key);
      all++;
      active += one.status().equals(ContainerInstance.ACTIVE) ? 1 : 0;
      there += one.connected() ? 1 : 0;
    }
    TaskCounts tasks = look.state().value(Tasks.BY_CLUSTER, cluster.key());
    ServiceCounts services = look.state().value(Services.BY_CLUSTER, cluster.key());
    List<String> evidence =
        List.of(
            "%d instances, %d ACTIVE, %d connected".formatted(all, active, there),
            "%d tasks running, %d pending, %d services"
                .formatted(tasks.running(), tasks.pending(), services.active()));
    Reason reason =
        all == 0
            ? Reason.NO_INSTANCE
            : active == 0 ? Reason.NONE_ACTIVE : there == 0 ? Reason.AGENT_AWAY : Reason.AS_WANTED;
    return Finding.of(reason, subject, evidence, cluster.createdAt());
  }
}
