package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.List;

/// Tasks that somebody or something stopped.
final class StopSeeds {
  private static final String SCHEDULER = "\"stopCode\":\"ServiceSchedulerInitiated\"";
  private static final String SCALING = "Scaling activity initiated by (deployment ecs-svc/";

  private StopSeeds() {}

  static List<Seed> all() {
    return List.of(
        Seed.of("stopped by a caller", Reason.STOPPED_BY_CALLER, it -> stopped(it.join("i1")))
            .says("stopped by arn:aws:iam::123456789012:root", "UserInitiated: because")
            .aws("\"stopCode\":\"UserInitiated\"", "\"stoppedReason\":\"because\"")
            .change("Start it again"),
        Seed.of("stopped by scale-in", Reason.SCALED_IN, it -> scaledIn(it.join("i1")))
            .says(SCALING, "stopped by service scheduler: scale-in, of deployment ecs-svc/")
            .aws(SCHEDULER, SCALING, "service scheduler: scale-in")
            .change("Raise the service's desired count"),
        Seed.of("stopped by a deployment", Reason.REPLACED, StopSeeds::replaced)
            .says("stopped by service scheduler: deployment, of deployment ecs-svc/")
            .aws(SCHEDULER, SCALING, "service scheduler: deployment")
            .change("Nothing"),
        Seed.of("stopped by a drain", Reason.DRAINED_AWAY, StopSeeds::drained)
            .says("service scheduler: drain of its container instance", "ran on i1")
            .aws(SCHEDULER, SCALING, "drain of its container instance")
            .change("starts it elsewhere"),
        Seed.of("moved to another zone", Reason.REBALANCED, StopSeeds::rebalanced)
            .says("service scheduler: availability zone rebalancing")
            .aws(SCHEDULER, "availability zone rebalancing")
            .change("Nothing"),
        Seed.of("stopped with its service", Reason.SERVICE_DELETED, StopSeeds::deleted)
            .says("service scheduler: deletion of its service")
            .aws(SCHEDULER, "deletion of its service")
            .change("Create the service again"),
        Seed.of("too many after a return", Reason.SURPLUS, StopSeeds::returned)
            .says("its place was taken while its container instance was away")
            .aws(SCHEDULER, "its place was taken")
            .change("longer lease"),
        Seed.of("failed health", Reason.HEALTH_FAILED, StopSeeds::unhealthy)
            .says("Task failed container health checks", "UnhealthyError: the health check")
            .aws(SCHEDULER, "Task failed container health checks", "connection refused")
            .change("Correct the check of container a"),
        Seed.of(
                "stopped by an older release's scheduler",
                Reason.STOPPED_BY_SCHEDULER,
                it -> stoppedBefore(it.join("i1")))
            .says(SCALING, "stopped by service scheduler")
            .aws(SCHEDULER)
            .change("Nothing"),
        Seed.of("lost instance", Reason.INSTANCE_GONE, it -> deregistered(it.join("i1")))
            .says("Container instance deregistration forced by user")
            .aws("Container instance deregistration forced by user")
            .change("Nothing"));
  }

  private static String replaced(Seeds it) {
    it.join("i1").service("web", 1);
    Task old = it.runAll().ofService();
    it.perform("UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    it.runAll();
    return it.report(old.arn(), 0, null);
  }

  private static String drained(Seeds it) {
    it.join("i1").service("web", 1);
    Task old = it.runAll().ofService();
    it.join("i2").status("i1", ContainerInstance.DRAINING).runAll();
    return it.report(old.arn(), 0, null);
  }

  private static String rebalanced(Seeds it) {
    it.join("i1").service("web", 2);
    it.runAll().joinZone("i2", "eu-central-1b").runAll().pass(Duration.ofMinutes(5));
    return it.report(it.unwanted().arn(), 0, null);
  }

  private static String deleted(Seeds it) {
    it.join("i1").service("web", 1);
    Task old = it.runAll().ofService();
    it.perform("DeleteService {\"service\": \"s\", \"force\": true}");
    return it.report(old.arn(), 0, null);
  }

  private static String returned(Seeds it) {
    it.join("i1").service("web", 1);
    it.runAll();
    it.lost("i1", Duration.ofSeconds(20)).join("i2").pass(Duration.ofMinutes(1)).runAll();
    it.back("i1");
    return it.report(it.unwanted().arn(), 0, null);
  }

  private static String unhealthy(Seeds it) {
    it.define("checked", "\"healthCheck\": {\"command\": [\"CMD\", \"probe\"]}")
        .joinFor("checked", "i1")
        .service("checked", 1);
    Task task = it.ofService();
    it.update(task.arn(), row -> it.running(row, Health.HEALTHY));
    it.update(task.arn(), row -> it.running(row, Health.UNHEALTHY));
    it.pass(Duration.ofMinutes(1));
    it.pending().forEach(arn -> it.update(arn, row -> it.running(row, Health.HEALTHY)));
    it.pass(Duration.ofMinutes(1));
    return it.report(
        task.arn(), 137, "UnhealthyError: the health check exited with 1: connection refused");
  }

  private static String stopped(Seeds it) {
    String task = it.running(Health.UNKNOWN);
    it.perform("StopTask {\"task\": \"" + task + "\", \"reason\": \"because\"}");
    return it.report(task, 143, null);
  }

  private static String scaledIn(Seeds it) {
    it.service("web", 1);
    Task task = it.runAll().ofService();
    it.perform("UpdateService {\"service\": \"s\", \"desiredCount\": 0}");
    return it.report(task.arn(), 0, null);
  }

  private static String deregistered(Seeds it) {
    it.service("web", 1);
    Task task = it.runAll().ofService();
    it.alone("DeregisterContainerInstance {\"containerInstance\": \"i1\", \"force\": true}");
    return task.arn();
  }

  /// By a release that kept no purposes.
  private static String stoppedBefore(Seeds it) {
    String task = it.running(Health.UNKNOWN);
    String reason = "Scaling activity initiated by (deployment ecs-svc/1)";
    StopCause cause = new StopCause(StopCause.SERVICE_SCHEDULER_INITIATED, reason);
    it.update(task, row -> Tasks.stopping(row, cause, it.now()));
    return it.report(task, 0, null);
  }
}
