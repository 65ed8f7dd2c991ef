package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/// A canary that a hook judges, and a service that crashes over and over. By the SDK: Debian's CLI
/// does not know lifecycle hooks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeploymentHookTest {
  /// Two starts of containers and what is between them, on a slow machine.
  private static final Duration SOON = Duration.ofMinutes(2);

  private @Nullable Harness started;

  @BeforeAll
  void up() {
    started = Harness.start();
  }

  @AfterAll
  void down() {
    if (started != null) {
      started.close();
    }
  }

  private Harness harness() {
    if (started == null) {
      throw new AssertionError("up did not start");
    }
    return started;
  }

  @Test
  void aCanaryStopsOnAFailingHookAndGoesOnWithAGoodOne() {
    String good = define("app", "exec sleep 600");
    String next = define("app", "exec sleep 601");
    String failing = define("check", "echo \"$ECS_LIFECYCLE_STAGE\"; exit 7");
    String passing = define("check", "test -n \"$ECS_TARGET_SERVICE_REVISION_ARN\"");
    create("canary", good, 2, _ -> {});
    awaitNewest("canary", "SUCCESSFUL");
    Set<String> tasks = running("canary");

    update("canary", next, failing);
    awaitNewest("canary", "ROLLBACK_SUCCESSFUL");
    ServiceDeployment back = newest("canary");
    assertThat(back.statusReason())
        .startsWith(
            "Service deployment rolled back because lifecycle hook "
                + failing
                + " failed at stage POST_TEST_TRAFFIC_SHIFT: container main exited with code 7");
    assertThat(back.lifecycleHookDetails())
        .singleElement()
        .matches(one -> one.statusAsString().equals("FAILED"));
    assertThat(back.targetServiceRevision().requestedProductionTrafficWeight()).isZero();
    assertThat(service("canary").taskDefinition()).isEqualTo(good);
    assertThat(running("canary")).as("never restarted").isEqualTo(tasks);

    update("canary", next, passing);
    awaitNewest("canary", "SUCCESSFUL");
    assertThat(service("canary").taskDefinition()).isEqualTo(next);
    delete("canary");
  }

  @Test
  void aRollingUpdateWaitsForItsHooks() {
    String first = define("roll", "exec sleep 600");
    String next = define("roll", "exec sleep 601");
    String failing = define("gate", "exit 7");
    String passing = define("gate", "exit 0");
    create("roll", first, 2, _ -> {});
    awaitNewest("roll", "SUCCESSFUL");
    Set<String> tasks = running("roll");
    roll(next, failing);
    awaitNewest("roll", "ROLLBACK_SUCCESSFUL");
    assertThat(newest("roll").statusReason())
        .contains("failed at stage PRE_SCALE_UP: container main exited with code 7");
    assertThat(running("roll")).as("never touched").isEqualTo(tasks);
    roll(next, passing);
    awaitNewest("roll", "SUCCESSFUL");
    assertThat(service("roll").taskDefinition()).isEqualTo(next);
    assertThat(running("roll")).hasSize(2).doesNotContainAnyElementsOf(tasks);
    delete("roll");
  }

  private void roll(String definition, String hook) {
    harness()
        .ecs()
        .updateService(
            r ->
                r.service("roll")
                    .taskDefinition(definition)
                    .deploymentConfiguration(
                        d ->
                            d.lifecycleHooks(
                                DeploymentLifecycleHook.builder()
                                    .hookTargetArn(hook)
                                    .lifecycleStagesWithStrings("PRE_SCALE_UP", "POST_SCALE_UP")
                                    .build())));
  }

  @Test
  void aCrashLoopIsBoundedAndTold() {
    String crashing = define("crash", "exit 3");
    create("crash", crashing, 10, _ -> {});
    Shell.await(
        "it is told: " + service("crash").events(),
        SOON,
        () -> service("crash").events().toString().contains("is unable to consistently start"));
    assertThat(service("crash").events().toString())
        .contains("Container main exited with code 3")
        .contains("Starts are delayed by up to 15 minutes until tasks keep running");
    long starts = starts("crash");
    assertThat(starts)
        .as("two or three rounds of at most ten: 60 in ten minutes is the bound")
        .isBetween(10L, 30L);
    String fixed = define("crash", "exec sleep 600");
    harness().ecs().updateService(r -> r.service("crash").taskDefinition(fixed));
    Shell.await("at full speed again", SOON, () -> running("crash").size() == 10);
    delete("crash");
  }

  private String define(String family, String script) {
    return new Tasks(harness().ecs())
        .define(family, d -> d.containerDefinitions(Tasks.shell(script)));
  }

  private void create(
      String name, String definition, int count, Consumer<DeploymentConfiguration.Builder> how) {
    harness()
        .ecs()
        .createService(
            r ->
                r.serviceName(name)
                    .taskDefinition(definition)
                    .desiredCount(count)
                    .deploymentConfiguration(how));
  }

  private void update(String name, String definition, String hook) {
    harness()
        .ecs()
        .updateService(
            r ->
                r.service(name)
                    .taskDefinition(definition)
                    .deploymentConfiguration(
                        d ->
                            d.strategy("CANARY")
                                .canaryConfiguration(c -> c.canaryBakeTimeInMinutes(0))
                                .lifecycleHooks(
                                    DeploymentLifecycleHook.builder()
                                        .hookTargetArn(hook)
                                        .lifecycleStagesWithStrings("POST_TEST_TRAFFIC_SHIFT")
                                        .build())));
  }

  private void delete(String name) {
    harness().ecs().deleteService(r -> r.service(name).force(true));
    Shell.await(name + " is gone", SOON, () -> service(name).status().equals("INACTIVE"));
  }

  private void awaitNewest(String name, String status) {
    Shell.await(name + " is " + status, SOON, () -> newest(name).statusAsString().equals(status));
  }

  private Service service(String name) {
    return harness().ecs().describeServices(r -> r.services(name)).services().getFirst();
  }

  private ServiceDeployment newest(String name) {
    String arn =
        harness()
            .ecs()
            .listServiceDeployments(r -> r.service(name))
            .serviceDeployments()
            .getFirst()
            .serviceDeploymentArn();
    return harness()
        .ecs()
        .describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
        .serviceDeployments()
        .getFirst();
  }

  private Set<String> running(String name) {
    Set<String> running = new TreeSet<>();
    for (String arn : harness().ecs().listTasks(r -> r.serviceName(name)).taskArns()) {
      if (new Tasks(harness().ecs()).describe(arn).lastStatus().equals("RUNNING")) {
        running.add(arn);
      }
    }
    return running;
  }

  /// Tasks that were ever started for the service.
  private long starts(String name) {
    long count = 0;
    for (String desired : List.of("RUNNING", "STOPPED")) {
      count +=
          harness()
              .ecs()
              .listTasksPaginator(r -> r.serviceName(name).desiredStatus(desired))
              .taskArns()
              .stream()
              .count();
    }
    return count;
  }
}
