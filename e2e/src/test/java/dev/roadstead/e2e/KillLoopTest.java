package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/// Fifty kills in the middle of traffic: everything that was acknowledged is there afterwards with
/// the same content, and no container was touched.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillLoopTest {
  private static final int KILLS = 50;

  /// Tasks that traffic starts in all, so that the machine is not what breaks.
  private static final int TASKS_MAX = 15;

  private final List<Cluster> clusters = new CopyOnWriteArrayList<>();
  private final List<TaskDefinition> definitions = new CopyOnWriteArrayList<>();
  private final List<Service> services = new CopyOnWriteArrayList<>();
  private final List<Task> tasks = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private Harness harness;
  private String idle;

  @BeforeAll
  void up() {
    harness = Harness.start();
    Tasks made = new Tasks(harness.ecs());
    idle =
        made.define(
            "idle",
            definition ->
                definition.containerDefinitions(
                    Tasks.shell("trap 'exit 0' TERM; while :; do sleep 1; done").toBuilder()
                        .memory(8)
                        .build()));
  }

  @AfterAll
  void down() {
    harness.close();
  }

  @Test
  void losesNothingAcknowledged() {
    String witness = harness.ecs().runTask(r -> r.taskDefinition(idle)).tasks().get(0).taskArn();
    new Tasks(harness.ecs()).awaitStatus(witness, "RUNNING");
    List<String> before = startTimes();

    List<Long> restarts = new ArrayList<>();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(50);
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = clusters.size();
      Thread traffic = traffic(harness.ecs());
      Shell.await("something is acknowledged", Tasks.SOON, () -> clusters.size() > acknowledged);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(400)));
      harness.kill();
      end(traffic);
      long start = System.nanoTime();
      harness.up();
      restarts.add(System.nanoTime() - start);
    }
    System.err.println("ready again after a kill: " + seconds(restarts));

    assertThat(clusters).hasSizeGreaterThanOrEqualTo(KILLS);
    assertThat(definitions).isNotEmpty();
    assertThat(services).isNotEmpty();
    assertThat(tasks).isNotEmpty();
    verifyRecords();
    verifyTasks();
    assertThat(startTimes()).containsAll(before);
    assertThat(new Tasks(harness.ecs()).describe(witness).lastStatus()).isEqualTo("RUNNING");
  }

  /// Told, not asserted: the machine may be shared.
  private static String seconds(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return "median %.2f s, longest %.2f s"
        .formatted(sorted.get(sorted.size() / 2) / 1e9, sorted.getLast() / 1e9);
  }

  /// Writes until the other side is gone; remembers what was acknowledged.
  private Thread traffic(EcsClient ecs) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  write(ecs, "n" + number.incrementAndGet());
                }
              } catch (SdkException _) {
                // The server was killed: what was under way is not acknowledged.
              }
            });
  }

  private void write(EcsClient ecs, String name) {
    clusters.add(
        ecs.createCluster(r -> r.clusterName(name).tags(Tag.builder().key("k").value(name).build()))
            .cluster());
    definitions.add(
        ecs.registerTaskDefinition(
                r ->
                    r.family(name)
                        .containerDefinitions(
                            Tasks.shell("echo " + name).toBuilder().cpu(7).build()))
            .taskDefinition());
    services.add(
        ecs.createService(
                r -> r.serviceName(name).cluster(name).taskDefinition(name).desiredCount(0))
            .service());
    if (tasks.size() < TASKS_MAX) {
      tasks.addAll(ecs.runTask(r -> r.taskDefinition(idle).startedBy(name)).tasks());
    }
  }

  private static void end(Thread traffic) {
    traffic.interrupt();
    try {
      assertThat(traffic.join(java.time.Duration.ofSeconds(60))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void verifyRecords() {
    EcsClient ecs = harness.ecs();
    for (Cluster cluster : clusters) {
      Cluster found =
          ecs.describeClusters(
                  r -> r.clusters(cluster.clusterName()).includeWithStrings("TAGS", "SETTINGS"))
              .clusters()
              .getFirst();
      assertThat(found.clusterArn()).isEqualTo(cluster.clusterArn());
      assertThat(found.status()).isEqualTo("ACTIVE");
      assertThat(found.tags()).isEqualTo(cluster.tags());
      assertThat(found.settings()).isEqualTo(cluster.settings());
    }
    for (TaskDefinition definition : definitions) {
      TaskDefinition found =
          ecs.describeTaskDefinition(
                  r ->
                      r.taskDefinition(definition.taskDefinitionArn())
                          .include(TaskDefinitionField.TAGS))
              .taskDefinition();
      assertThat(found).isEqualTo(definition);
    }
    for (Service service : services) {
      Service found =
          ecs.describeServices(r -> r.cluster(service.clusterArn()).services(service.serviceArn()))
              .services()
              .getFirst();
      assertThat(found.taskDefinition()).isEqualTo(service.taskDefinition());
      assertThat(found.createdAt()).isEqualTo(service.createdAt());
      assertThat(found.status()).isEqualTo("ACTIVE");
    }
  }

  private void verifyTasks() {
    Tasks known = new Tasks(harness.ecs());
    for (Task task : tasks) {
      Task found = known.awaitStatus(task.taskArn(), "RUNNING");
      assertThat(found.createdAt()).isEqualTo(task.createdAt());
      assertThat(found.startedBy()).isEqualTo(task.startedBy());
      assertThat(found.containerInstanceArn()).isEqualTo(task.containerInstanceArn());
    }
  }

  /// Each running container with the time of its start, sorted, a line each.
  private List<String> startTimes() {
    List<String> lines = new ArrayList<>();
    for (String id : harness.docker("ps", "-q", "--no-trunc").split("\\s+", -1)) {
      if (!id.isEmpty()) {
        lines.add(harness.docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", id).strip());
      }
    }
    return lines.stream().sorted().toList();
  }
}
