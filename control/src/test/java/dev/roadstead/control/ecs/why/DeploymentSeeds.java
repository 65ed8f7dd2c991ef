package dev.roadstead.control.ecs.why;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.AlarmState;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.Services;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Deployments that end otherwise than they should, or wait.
final class DeploymentSeeds {
  private DeploymentSeeds() {}

  static List<Seed> all() {
    return Stream.of(breakers(), waits(), ends()).flatMap(List::stream).toList();
  }

  private static List<Seed> breakers() {
    return List.of(
        Seed.of("circuit breaker", Reason.CIRCUIT_BREAKER, it -> broken(it.join("i1"), false))
            .says(
                "3 tasks failed, the circuit breaker's threshold is 3",
                "image-not-found: Its image does not exist.",
                "manifest for b:2 not found")
            .aws(
                "\"rolloutState\":\"FAILED\"",
                "ECS deployment circuit breaker: tasks failed to start.",
                "\"failureCount\":3,\"threshold\":3",
                "deployment failed: tasks failed to start.")
            .change("Correct or push b."),
        Seed.of(
                "circuit breaker with rollback",
                Reason.CIRCUIT_BREAKER,
                it -> broken(it.join("i1"), true))
            .says("rolled back to revision", "3 tasks failed, the circuit breaker's threshold is 3")
            .aws(
                "rolled back because the circuit breaker threshold was exceeded.",
                "rolling back to deployment ecs-svc/")
            .change("Correct or push b."),
        Seed.of(
                "the deployment that the circuit breaker ended",
                Reason.CIRCUIT_BREAKER,
                it -> {
                  broken(it.join("i1"), false);
                  return it.newestDeployment();
                })
            .says("3 tasks failed, the circuit breaker's threshold is 3")
            .aws("\"status\":\"TRIGGERED\"")
            .change("Correct what ended its tasks"),
        Seed.of("deployment alarm", Reason.ALARM, it -> alarmed(it.join("i1")))
            .says("1 of 2 alarms were in ALARM: errors")
            .aws(
                "alarm detected: errors",
                "\"triggeredAlarmNames\":[\"errors\"]",
                "\"rolloutState\":\"FAILED\"")
            .change("Correct what the alarm is about"));
  }

  private static List<Seed> waits() {
    return List.of(
        Seed.of("watched by alarms", Reason.BAKING, it -> baking(it.join("i1")))
            .says("watched by 2 alarms until")
            .aws("\"rolloutState\":\"IN_PROGRESS\"", "\"status\":\"MONITORING\"")
            .change("Wait until"),
        Seed.of("waits at a hook", Reason.WAITS_AT_HOOK, it -> paused(it.join("i1")))
            .says("at stage POST_SCALE_UP is AWAITING_ACTION", "the deployment goes back")
            .aws("\"status\":\"AWAITING_ACTION\"", "\"lifecycleStage\":\"POST_SCALE_UP\"")
            .change("Call ContinueServiceDeployment for arn:aws:ecs:"),
        Seed.of(
                "hook not answered",
                Reason.HOOK_FAILED,
                it -> {
                  paused(it.join("i1"));
                  it.pass(Duration.ofHours(2));
                  return "default/s";
                })
            .says("lifecycle hook", "it did not complete before its timeout")
            .aws("failed at stage POST_SCALE_UP: it did not complete before its timeout")
            .change("Correct the hook"),
        Seed.of(
                "stopped by a request",
                Reason.DEPLOYMENT_STOPPED,
                it -> {
                  it.join("i1").service("web", 1);
                  it.perform(
                      ("StopServiceDeployment {\"serviceDeploymentArn\": \"%s\","
                              + " \"stopType\": \"ABORT\"}")
                          .formatted(it.newestDeployment()));
                  return "default/s";
                })
            .says("it was stopped by a request")
            .aws("it was stopped by a request", "\"status\":\"STOPPED\"")
            .change("Deploy again"));
  }

  private static List<Seed> ends() {
    return List.of(
        Seed.of(
                "took too long",
                Reason.DEPLOYMENT_LATE,
                it -> {
                  it.join("i1").service("web", 1);
                  it.pass(ServiceDeployment.LASTS_MAX);
                  return "default/s";
                })
            .says("it did not complete within 24 hours")
            .aws("it did not complete within 24 hours", "\"rolloutState\":\"FAILED\"")
            .change("Correct what holds it up"),
        Seed.of(
                "failed in an older release",
                Reason.DEPLOYMENT_FAILED,
                it -> failedBefore(it.join("i1")))
            .says("0 of 1 running")
            .aws("\"rolloutState\":\"FAILED\"")
            .change("deploy again"));
  }

  private static String broken(Seeds it, boolean rollback) {
    it.service(
        "web",
        1,
        ", \"deploymentConfiguration\": {\"deploymentCircuitBreaker\":"
            + " {\"enable\": true, \"rollback\": "
            + rollback
            + "}}");
    it.runAll().pass(Duration.ofMinutes(2));
    it.perform("UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    for (int i = 0; i < 3; i++) {
      it.pending()
          .forEach(
              arn -> it.report(arn, null, "CannotPullContainerError: manifest for b:2 not found"));
      it.pass(Duration.ofMinutes(10));
    }
    return "default/s";
  }

  private static void watched(Seeds it) {
    it.service(
        "web",
        1,
        ", \"deploymentConfiguration\": {\"alarms\": {\"alarmNames\": [\"slow\", \"errors\"],"
            + " \"enable\": true, \"rollback\": false}}");
    it.runAll().pass(Duration.ofHours(1));
    it.perform("UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    it.pass(Duration.ofSeconds(1));
  }

  private static String alarmed(Seeds it) {
    watched(it);
    it.apply(
        List.of(
            AlarmStates.put(
                new AlarmState(
                    World.ACCOUNT, World.REGION, "errors", AlarmState.Value.ALARM, it.now(), 60))));
    return "default/s";
  }

  private static String baking(Seeds it) {
    watched(it);
    it.runAll().endAll();
    return "default/s";
  }

  private static String paused(Seeds it) {
    it.service("web", 1);
    it.runAll()
        .perform(
            "UpdateService {\"service\": \"s\", \"forceNewDeployment\": true,"
                + " \"deploymentConfiguration\": {\"strategy\": \"BLUE_GREEN\","
                + " \"bakeTimeInMinutes\": 5, \"lifecycleHooks\": [{\"targetType\": \"PAUSE\","
                + " \"lifecycleStages\": [\"POST_SCALE_UP\"], \"timeoutConfiguration\":"
                + " {\"timeoutInMinutes\": 60, \"action\": \"ROLLBACK\"}}]}}");
    it.runAll();
    return "default/s";
  }

  /// Of a time before there were records of deployments.
  private static String failedBefore(Seeds it) {
    it.service("web", 1);
    Service row = it.state().get(Services.TABLE, Seeds.key("s"));
    ServiceDeployment failed =
        ServiceDeploymentBuilder.builder(row.primary())
            .rolloutState("FAILED")
            .recordId(null)
            .build();
    it.apply(
        Services.update(row, ServiceBuilder.builder(row).deployments(List.of(failed)).build()));
    return "default/s";
  }
}
