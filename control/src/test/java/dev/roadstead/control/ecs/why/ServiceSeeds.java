package dev.roadstead.control.ecs.why;

import java.time.Duration;
import java.util.List;

/// Services that are not as they are asked to be.
final class ServiceSeeds {
  private ServiceSeeds() {}

  static List<Seed> all() {
    return List.of(
        Seed.of("crash loop back-off", Reason.CRASH_LOOP, it -> crashing(it.join("i1")))
            .says(
                "3 rounds of starts in a row ended early; the next is at",
                "exited: Its essential container ended with an error.",
                "container a (b): STOPPED, exit code 1")
            .aws(
                "is unable to consistently start tasks successfully.",
                "Container a exited with code 1",
                "\"failedTasks\":3")
            .change("See the log of container a on i1"),
        Seed.of("rolling out", Reason.ROLLING_OUT, it -> it.join("i1").service("web", 1))
            .says("0 of 1 running, 1 pending", "starting: It is being started.")
            .aws("\"rolloutState\":\"IN_PROGRESS\"", "\"pendingCount\":1")
            .change("Wait"),
        Seed.of(
                "blocked by its percentages",
                Reason.BLOCKED_BY_PERCENTAGES,
                it -> blocked(it.join("i1")))
            .says(
                "minimumHealthyPercent 100 of 1 tasks: at least 1 must stay healthy;"
                    + " maximumPercent 150: at most 1 may be there")
            .aws("was unable to stop or start tasks during a deployment")
            .change("Raise maximumPercent to 200, or lower minimumHealthyPercent to 0."),
        Seed.of("protected tasks", Reason.PROTECTED, it -> guarded(it.join("i1")))
            .says("2 tasks are under protection", "is under protection until")
            .aws("was unable to scale in due to (reason 1 tasks under protection)")
            .change("End the protection of task"),
        Seed.of("a task on a lost instance", Reason.AGENT_AWAY, it -> lost(it.join("i1")))
            .says("last seen RUNNING on i1, whose agent is not connected", "gives it up at")
            .aws("\"desiredCount\":1")
            .change("Start or reach the agent of i1"),
        Seed.of("without a task set", Reason.AS_WANTED, it -> it.join("i1").external(0))
            .says("it has no task set")
            .aws("\"taskSets\":[]"),
        Seed.of("a task set without an instance", Reason.NO_INSTANCE, it -> it.external(1))
            .says("0 of 1 running", "0 instances in the cluster")
            .aws("\"computedDesiredCount\":1")
            .change("Start an agent"),
        Seed.of(
                "a daemon without room",
                Reason.NO_MEMORY,
                it -> {
                  it.join("i1").join("i2").placed();
                  it.define("big", "\"memory\": 3000");
                  return it.service("big", -1, ", \"schedulingStrategy\": \"DAEMON\"");
                })
            .says(
                "distinct-instance strikes 1 of 2 instances",
                "needs 3000 MiB of memory, 2048 of 4096")
            .aws("has insufficient memory available", "Nearest i1: needs 3000 MiB of memory, 2048")
            .change("Free 952 MiB of memory on"),
        Seed.of("deleted service", Reason.DELETED, it -> deleted(it.join("i1")))
            .says("status DRAINING; 1 tasks have not ended")
            .aws("\"status\":\"DRAINING\"")
            .change("Create it again"));
  }

  private static String crashing(Seeds it) {
    it.service("web", 1);
    for (int i = 0; i < 2; i++) {
      it.report(it.ofService().arn(), 1, null);
      it.pass(Duration.ofMinutes(1));
    }
    it.report(it.ofService().arn(), 1, null);
    return "default/s";
  }

  private static String blocked(Seeds it) {
    it.service(
        "web",
        1,
        ", \"deploymentConfiguration\":"
            + "{\"minimumHealthyPercent\": 100, \"maximumPercent\": 150}");
    it.runAll().alone("UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    return "default/s";
  }

  private static String guarded(Seeds it) {
    it.service("web", 2);
    it.runAll()
        .alone(
            "UpdateTaskProtection {\"cluster\": \"default\", \"protectionEnabled\": true,"
                + " \"tasks\": [\"%s\", \"%s\"]}"
                    .formatted(it.ids().getFirst(), it.ids().getLast()));
    it.perform("UpdateService {\"service\": \"s\", \"desiredCount\": 1}");
    return "default/s";
  }

  private static String lost(Seeds it) {
    it.service("web", 1);
    it.runAll().lost("i1", Duration.ofMinutes(10));
    return "default/s";
  }

  private static String deleted(Seeds it) {
    it.service("web", 1);
    it.runAll().perform("DeleteService {\"service\": \"s\", \"force\": true}");
    return "default/s";
  }
}
