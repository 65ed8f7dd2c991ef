package dev.roadstead.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.World;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.EcsService;
import dev.roadstead.control.ecs.service.CreateService;
import dev.roadstead.control.ecs.service.UpdateService;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.ecs.task.UpdateTaskProtection;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.SoloEngine;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.wire.api.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;

/// Instances whose agents go and come back, and protections that end: only rows that fall due wake
/// the scheduler here.
class LeaseTest {
  private static final EcsService SERVICE =
      new EcsService(_ -> "http://127.0.0.1:1", TaskHistory.NONE);
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private final SplittableRandom random = new SplittableRandom(5);
  private final SoloEngine engine =
      new SoloEngine(new Schema(SERVICE.tables()), SERVICE.controllers(), BEGIN, random);

  @BeforeEach
  void begin() {
    List<Change> rows = new ArrayList<>();
    rows.add(Clusters.put(Rows.cluster("default")));
    rows.add(TaskDefinitions.put(Rows.definition("web", 1)));
    for (String id : List.of("one", "two")) {
      rows.add(
          ContainerInstances.create(
              ContainerInstanceBuilder.builder(Rows.instance(id)).connectedAt(BEGIN).build()));
    }
    apply(rows);
    call(
        new CreateService(),
        CreateServiceRequest.builder()
            .serviceName("s")
            .taskDefinition("web:1")
            .desiredCount(2)
            .build());
    run();
  }

  @Test
  void nothingIsRestartedWhenTheAgentIsBackWithinItsLease() {
    List<Task> before = wanted();
    leave("one");
    assertThat(instance("one").connected()).as("shown at once").isFalse();
    engine.advance(Duration.ofSeconds(19));
    come("one");
    engine.advance(Duration.ofHours(1));
    assertThat(wanted()).isEqualTo(before);
  }

  @Test
  void itsTasksAreReplacedAfterTheLeaseAndTheSurplusStopsWhenItIsBack() {
    List<Task> away = on("one");
    assertThat(away).hasSize(1);
    leave("one");
    engine.advance(Duration.ofSeconds(19));
    assertThat(on("two")).hasSize(1);
    engine.advance(Duration.ofSeconds(1));
    assertThat(on("two")).hasSize(2);
    run();
    come("one");
    assertThat(on("one")).as("the newest healthy are kept").isEmpty();
    assertThat(on("two")).hasSize(2);
  }

  @Test
  void aRestartOfTheControlPlaneGivesAgentsTimeToComeBack() {
    List<Task> before = wanted();
    engine.decide(NodeWork.nobodyConnected("", 10, Lease.USUAL));
    engine.restart();
    engine.advance(Duration.ofSeconds(59));
    come("one");
    come("two");
    engine.advance(Duration.ofHours(1));
    assertThat(wanted()).isEqualTo(before);
  }

  @Test
  void aProtectionThatEndsLetsAScaleInGoOn() {
    call(
        new UpdateTaskProtection(),
        UpdateTaskProtectionRequest.builder()
            .tasks(wanted().getFirst().arn())
            .protectionEnabled(true)
            .expiresInMinutes(7)
            .build());
    call(new UpdateService(), UpdateServiceRequest.builder().service("s").desiredCount(0).build());
    assertThat(wanted()).hasSize(1);
    engine.advance(Duration.ofMinutes(7).minusSeconds(1));
    assertThat(wanted()).hasSize(1);
    engine.advance(Duration.ofSeconds(1));
    assertThat(wanted()).isEmpty();
    assertThat(engine.state().count(TaskProtections.TABLE)).isZero();
  }

  private void leave(String id) {
    ContainerInstance row = instance(id);
    Instant connectedAt = row.connectedAt();
    assertThat(connectedAt).isNotNull();
    if (connectedAt != null) {
      engine.decide(NodeWork.disconnected(row.key(), connectedAt, Lease.USUAL.end(engine.now())));
    }
  }

  private void come(String id) {
    ContainerInstance row = instance(id);
    apply(
        ContainerInstances.update(
            row,
            ContainerInstanceBuilder.builder(row)
                .connected(true)
                .connectedAt(engine.now())
                .lostAt(null)
                .build()));
  }

  private ContainerInstance instance(String id) {
    return engine.state().get(ContainerInstances.TABLE, World.scope().key("default", id));
  }

  private List<Task> wanted() {
    return engine.state().rows(Tasks.WANTED_BY_CLUSTER, World.scope().key("default"));
  }

  private List<Task> on(String id) {
    return wanted().stream().filter(task -> id.equals(task.instanceId())).toList();
  }

  /// Every pending task is reported RUNNING; then time enough to be healthy.
  private void run() {
    for (Task task : wanted()) {
      if (task.lastStatus().pending()) {
        apply(
            Tasks.update(
                task,
                TaskBuilder.builder(task)
                    .lastStatus(TaskStatus.RUNNING)
                    .times(TaskTimesBuilder.builder(task.times()).startedAt(engine.now()).build())
                    .build()));
      }
    }
    engine.advance(Duration.ofSeconds(5));
  }

  private void apply(List<Change> changes) {
    var unused = engine.decide((_, _) -> new Outcome<>(changes, true));
    assertThat(unused).isTrue();
  }

  private <I extends SdkPojo, O extends SdkPojo> void call(Write<I, O> operation, I request) {
    Caller caller =
        new Caller(
            World.ACCOUNT,
            World.REGION,
            "AKIDEXAMPLE",
            "arn:aws:iam::" + World.ACCOUNT + ":root",
            "127.0.0.1",
            "127.0.0.1:1",
            false);
    assertThat(
            engine.<Boolean>decide(
                (state, moment) -> {
                  Decision<O> decision =
                      operation.decide(
                          state, request, new Call(caller, moment.now(), moment.random()));
                  return new Outcome<>(decision.changes(), true);
                }))
        .isTrue();
  }
}
