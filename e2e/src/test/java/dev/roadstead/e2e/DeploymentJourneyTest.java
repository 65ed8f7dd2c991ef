package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;

/// Deployments of real containers that fail.
final class DeploymentJourneyTest {
  private static final String WEB = "web";

  /// Two rounds of starts, the delay between them, and a slow machine.
  private static final Duration ROLLED_BACK = Duration.ofMinutes(3);

  @RegisterExtension private static final Harness HARNESS = Harness.ofClass();

  @Test
  void theCircuitBreakerRollsACrashingCommandAndABadImageBack() {
    String good = define(Tasks.shell("exec sleep 600"));
    String crashing = define(Tasks.shell("exit 3"));
    String absent = define(Tasks.shell("exit 0").toBuilder().image("127.0.0.1:1/no:such").build());
    HARNESS.aws(
        "ecs",
        "create-service",
        "--service-name",
        WEB,
        "--task-definition",
        good,
        "--desired-count",
        "2",
        "--deployment-configuration",
        "deploymentCircuitBreaker={enable=true,rollback=true}");
    HARNESS.aws("ecs", "wait", "services-stable", "--services", WEB);
    Shell.await(
        "the first is done", ROLLED_BACK, () -> newest().statusAsString().equals("SUCCESSFUL"));
    List<String> tasks = running();
    assertThat(tasks).hasSize(2);
    String deployment = service().deployments().getFirst().id();

    for (String bad : List.of(crashing, absent)) {
      HARNESS.aws("ecs", "update-service", "--service", WEB, "--task-definition", bad);
      Shell.await(
          "rolled back from " + bad + ": " + service().events(),
          ROLLED_BACK,
          () -> newest().statusAsString().equals("ROLLBACK_SUCCESSFUL"));
      assertThat(running()).as("never restarted").isEqualTo(tasks);
      ServiceDeployment ended = described();
      assertThat(ended.statusReason())
          .isEqualTo(
              "Service deployment rolled back because the circuit breaker threshold was exceeded.");
      assertThat(ended.deploymentCircuitBreaker().statusAsString()).isEqualTo("TRIGGERED");
      assertThat(ended.deploymentCircuitBreaker().failureCount()).isGreaterThanOrEqualTo(3);
      Service now = service();
      assertThat(now.taskDefinition()).isEqualTo(good);
      assertThat(now.deployments()).singleElement().matches(one -> one.id().equals(deployment));
      assertThat(now.events().toString())
          .contains(
              "deployment failed: tasks failed to start.",
              "rolling back to deployment " + deployment + ".");
    }
    HARNESS.aws("ecs", "wait", "services-stable", "--services", WEB);
    HARNESS.aws("ecs", "delete-service", "--service", WEB, "--force");
    HARNESS.aws("ecs", "wait", "services-inactive", "--services", WEB);
  }

  private String define(ContainerDefinition container) {
    return new Tasks(HARNESS.ecs()).define(WEB, d -> d.containerDefinitions(container));
  }

  private Service service() {
    return HARNESS.ecs().describeServices(r -> r.services(WEB)).services().getFirst();
  }

  private List<String> running() {
    return HARNESS.ecs().listTasks(r -> r.serviceName(WEB)).taskArns().stream()
        .filter(arn -> new Tasks(HARNESS.ecs()).describe(arn).lastStatus().equals("RUNNING"))
        .sorted()
        .toList();
  }

  private ServiceDeploymentBrief newest() {
    return HARNESS
        .ecs()
        .listServiceDeployments(r -> r.service(WEB))
        .serviceDeployments()
        .getFirst();
  }

  private ServiceDeployment described() {
    String arn = newest().serviceDeploymentArn();
    return HARNESS
        .ecs()
        .describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
        .serviceDeployments()
        .getFirst();
  }
}
