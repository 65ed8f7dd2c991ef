package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.HookTasks;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookAction;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookDetail;

/// Lifecycle hooks of deployments: tasks that judge, and pauses that are answered.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class LifecycleHookTest {
  private static final String CHECK =
      "arn:aws:ecs:eu-central-1:123456789012:task-definition/checked:1";

  /// A service on `app:1` with these hooks, a canary of 20 % for three minutes, updated to `app:2`.
  private static Stage stage(Consumer<DeploymentLifecycleHook.Builder> hook) {
    return stage(List.of(hook));
  }

  private static Stage stage(List<Consumer<DeploymentLifecycleHook.Builder>> hooks) {
    List<DeploymentLifecycleHook> built =
        hooks.stream()
            .map(one -> DeploymentLifecycleHook.builder().applyMutation(one).build())
            .toList();
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.pass(Duration.ofMinutes(5));
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(
                    two ->
                        two.strategy("CANARY")
                            .canaryConfiguration(
                                three -> three.canaryPercent(20.0).canaryBakeTimeInMinutes(3))
                            .lifecycleHooks(built)));
    return stage;
  }

  private static Consumer<DeploymentLifecycleHook.Builder> task(String... stages) {
    return one -> one.hookTargetArn(CHECK).lifecycleStagesWithStrings(stages);
  }

  private static Consumer<DeploymentLifecycleHook.Builder> pause(
      int minutes, DeploymentLifecycleHookAction action, String stage) {
    return one ->
        one.targetType("PAUSE")
            .lifecycleStagesWithStrings(stage)
            .timeoutConfiguration(two -> two.timeoutInMinutes(minutes).action(action));
  }

  private static Shift shift(Stage stage) {
    Shift shift = stage.row().primary().shift();
    if (shift == null) {
      throw new AssertionError("no shift");
    }
    return shift;
  }

  private static List<Task> checks(Stage stage) {
    return stage.wanted().stream().filter(one -> one.family().equals("checked")).toList();
  }

  private static List<Task> ofService(Stage stage, int revision) {
    return stage.wanted().stream()
        .filter(one -> one.family().equals("app") && one.revision() == revision)
        .toList();
  }

  private static List<DeploymentLifecycleHookDetail> details(Stage stage) {
    return ServiceHistoryTest.newest(stage).lifecycleHookDetails();
  }

  @Test
  void aTaskIsRunAtEachStageAndItsExitDecides() {
    Stage stage = stage(task("PRE_SCALE_UP", "POST_SCALE_UP"));
    assertThat(ofService(stage, 2)).as("not before the hook").isEmpty();
    assertThat(stage.events().getFirst())
        .isEqualTo("has started lifecycle hook " + CHECK + " at stage PRE_SCALE_UP: (task T).");
    Task first = checks(stage).getFirst();
    assertThat(first.serviceName()).isNull();
    assertThat(first.startedBy()).startsWith("ecs-task-");
    assertThat(first.overrides())
        .contains("\"name\":\"ECS_LIFECYCLE_STAGE\",\"value\":\"PRE_SCALE_UP\"");
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString()).isEqualTo("PRE_SCALE_UP");
    assertThat(details(stage).getFirst().statusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(details(stage).getFirst().targetArn()).isEqualTo(CHECK);
    stage.running(first);
    stage.exits(first, 0);
    stage.settle();
    assertThat(ofService(stage, 2)).hasSize(2);
    assertThat(stage.world.state().all(HookTasks.TABLE)).isEmpty();
    ofService(stage, 2).forEach(stage::running);
    stage.pass(ServiceController.SETTLE);
    assertThat(shift(stage).stage()).isEqualTo(Shift.Stage.POST_SCALE_UP);
    stage.exits(checks(stage).getFirst(), 0);
    stage.settle();
    assertThat(shift(stage).production()).isEqualTo(20.0);
  }

  @Test
  void aFailingTaskTakesTheCanaryBack() {
    Stage stage = stage(task("PRODUCTION_TRAFFIC_SHIFT"));
    List<Task> old = ofService(stage, 1);
    ofService(stage, 2).forEach(stage::running);
    stage.pass(ServiceController.SETTLE);
    assertThat(shift(stage).production()).isEqualTo(20.0);
    stage.exits(checks(stage).getFirst(), 3);
    stage.settle().end();
    assertThat(ofService(stage, 1)).isEqualTo(old);
    assertThat(ofService(stage, 2)).as("at once").isEmpty();
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_IN_PROGRESS");
    Task again = checks(stage).getFirst();
    assertThat(again.overrides())
        .contains("\"name\":\"ECS_LIFECYCLE_STAGE\",\"value\":\"PRODUCTION_TRAFFIC_SHIFT\"")
        .contains("\"name\":\"ECS_PRODUCTION_TRAFFIC_WEIGHT\",\"value\":\"100.0\"");
    stage.exits(again, 4);
    stage.settle();
    assertThat(stage.events())
        .as("told, and nothing depends on it")
        .anyMatch(one -> one.contains("exited with code 4"));
    var record = ServiceHistoryTest.newest(stage);
    assertThat(record.statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    String why =
        "lifecycle hook "
            + CHECK
            + " failed at stage PRODUCTION_TRAFFIC_SHIFT: container main exited with code 3 (task ";
    assertThat(record.statusReason()).startsWith("Service deployment rolled back because " + why);
    assertThat(record.lifecycleHookDetails().getFirst().statusAsString()).isEqualTo("FAILED");
    assertThat(record.targetServiceRevision().requestedProductionTrafficWeight()).isZero();
    assertThat(stage.events())
        .anyMatch(one -> one.startsWith("(deployment D) deployment failed: " + why));
  }

  /// The hooks of both shifts are run once more, those of other stages are not. A way back ends
  /// soon though a hook never does.
  @Test
  void aRollbackRunsTheHooksOfTrafficOnceMore() {
    Stage stage =
        stage(
            List.of(
                task("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "PRE_SCALE_UP"),
                pause(
                    60, DeploymentLifecycleHookAction.ROLLBACK, "POST_PRODUCTION_TRAFFIC_SHIFT")));
    for (int i = 0; i < 30 && !awaits(stage); i++) {
      checks(stage).forEach(one -> stage.exits(one, 0));
      ofService(stage, 2).stream()
          .filter(one -> one.lastStatus().pending())
          .forEach(stage::running);
      stage.pass(Duration.ofMinutes(1));
    }
    answer(stage, "ROLLBACK");
    stage.settle();
    assertThat(checks(stage)).singleElement().matches(one -> of(one, "PRODUCTION_TRAFFIC_SHIFT"));
    stage.exits(checks(stage).getFirst(), 0);
    stage.settle().end();
    assertThat(checks(stage)).singleElement().matches(one -> of(one, "TEST_TRAFFIC_SHIFT"));
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_IN_PROGRESS");
    stage.pass(Hooks.LONGEST_BACK);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(checks(stage)).as("stopped").isEmpty();
  }

  private static boolean awaits(Stage stage) {
    return details(stage).stream().anyMatch(one -> "AWAITING_ACTION".equals(one.statusAsString()));
  }

  private static boolean of(Task task, String stage) {
    return task.overrides().contains("\"value\":\"" + stage + "\"");
  }

  @Test
  void isRunAnewForEachStep() {
    Stage stage =
        stage(List.of(task("PRE_PRODUCTION_TRAFFIC_SHIFT"), task("POST_PRODUCTION_TRAFFIC_SHIFT")));
    ofService(stage, 2).forEach(stage::running);
    stage.pass(ServiceController.SETTLE);
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString())
        .as("the model has no name for the stage")
        .isEqualTo("POST_TEST_TRAFFIC_SHIFT");
    List<Shift.Stage> stages = new ArrayList<>();
    for (int i = 0; i < 20 && stage.row().primary().inProgress(); i++) {
      for (Task one : checks(stage)) {
        stages.add(shift(stage).stage());
        stage.exits(one, 0);
      }
      stage.pass(Duration.ofMinutes(1)).end();
    }
    assertThat(stages)
        .containsExactly(
            Shift.Stage.PRE_PRODUCTION_TRAFFIC_SHIFT,
            Shift.Stage.PRE_PRODUCTION_TRAFFIC_SHIFT,
            Shift.Stage.POST_PRODUCTION_TRAFFIC_SHIFT);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void theServicesOwnFamilyMeansTheNewRevisionWithOverrides() {
    Document main =
        Document.fromMap(
            Map.of(
                "name",
                Document.fromString("main"),
                "command",
                Document.fromList(List.of(Document.fromString("verify")))));
    Document details =
        Document.fromMap(Map.of("containerOverrides", Document.fromList(List.of(main))));
    Stage stage =
        stage(
            one ->
                one.hookTargetArn("app")
                    .hookDetails(details)
                    .lifecycleStagesWithStrings("PRE_SCALE_UP"));
    Task hook = ofService(stage, 2).getFirst();
    assertThat(hook.serviceName()).isNull();
    assertThat(hook.overrides()).contains("\"command\":[\"verify\"]");
  }

  @Test
  void aPauseWaitsForItsAnswer() {
    Stage stage = stage(pause(60, DeploymentLifecycleHookAction.ROLLBACK, "POST_SCALE_UP"));
    ofService(stage, 2).forEach(stage::running);
    stage.pass(ServiceController.SETTLE);
    DeploymentLifecycleHookDetail detail = details(stage).getFirst();
    assertThat(detail.statusAsString()).isEqualTo("AWAITING_ACTION");
    assertThat(detail.timeoutActionAsString()).isEqualTo("ROLLBACK");
    assertThat(detail.hookId()).startsWith("ecs-pause-");
    answer(stage, null);
    assertThat(shift(stage).production()).isEqualTo(20.0);
  }

  @Test
  void aPauseAnsweredWithRollbackFails() {
    Stage stage = stage(pause(60, DeploymentLifecycleHookAction.CONTINUE, "PRE_SCALE_UP"));
    String id = details(stage).getFirst().hookId();
    answer(stage, "ROLLBACK");
    stage.end();
    assertThat(ServiceHistoryTest.newest(stage).statusReason())
        .isEqualTo(
            "Service deployment rolled back because lifecycle hook "
                + id
                + " failed at stage PRE_SCALE_UP: it was answered with ROLLBACK.");
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(2).allMatch(one -> one.revision() == 1);
  }

  @Test
  void whatTakesTooLongEndsAsItsTimeoutSays() {
    Stage goesOn = stage(pause(1, DeploymentLifecycleHookAction.CONTINUE, "PRE_SCALE_UP"));
    goesOn.pass(Duration.ofMinutes(1));
    assertThat(ofService(goesOn, 2)).hasSize(2);
    Stage back = stage(one -> one.applyMutation(task("PRE_SCALE_UP")));
    back.pass(Duration.ofDays(1));
    assertThat(back.wanted()).as("its task is stopped too").hasSize(2);
    assertThat(ServiceHistoryTest.newest(back).statusReason())
        .contains("at stage PRE_SCALE_UP: it did not complete before its timeout");
    Stage long14 = stage(pause(20_160, DeploymentLifecycleHookAction.ROLLBACK, "PRE_SCALE_UP"));
    long14.pass(Duration.ofDays(13));
    assertThat(long14.row().primary().inProgress()).as("longer than a stage else may").isTrue();
    long14.pass(Duration.ofDays(1));
    assertThat(ServiceHistoryTest.newest(long14).statusReason()).contains("before its timeout");
  }

  @Test
  void aTaskWithoutRoomIsToldAndTriedAgain() {
    Stage stage = Stage.open().instance("one", 40, 100, "a").create(_ -> {}).runAll();
    stage.pass(Duration.ofMinutes(5));
    stage.world.apply(List.of(Stage.definition(stage.world, "large", 1, 50)));
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(
                    two ->
                        two.strategy("CANARY")
                            .lifecycleHooks(
                                three ->
                                    three
                                        .hookTargetArn("large:1")
                                        .lifecycleStagesWithStrings("PRE_SCALE_UP"))));
    assertThat(stage.events().getFirst())
        .endsWith(" It is that of lifecycle hook large:1 at stage PRE_SCALE_UP.");
    HookRun run = shift(stage).hooks().getFirst();
    assertThat(run.retryAt()).isEqualTo(stage.world.now().plusSeconds(5));
    assertThat(stage.row().wakeAt()).isEqualTo(run.retryAt());
    stage.instance("two", 60, 100, "a").pass(Duration.ofSeconds(5));
    assertThat(shift(stage).hooks().getFirst().taskKey()).isNotNull();
  }

  @Test
  void aNewDeploymentAndTheServicesEndStopTheHooksTask() {
    Stage stage = stage(task("PRE_SCALE_UP"));
    assertThat(checks(stage)).hasSize(1);
    stage.update(one -> one.taskDefinition("app:1"));
    assertThat(checks(stage)).as("that of the newer deployment").hasSize(1);
    assertThat(stage.stopping()).hasSize(1);
    stage.delete(true);
    assertThat(checks(stage)).isEmpty();
    stage.end();
    assertThat(stage.world.state().all(HookTasks.TABLE)).isEmpty();
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
  }

  private static void answer(Stage stage, @org.jspecify.annotations.Nullable String action) {
    stage.world.call(
        new ContinueServiceDeployment(),
        ContinueServiceDeploymentRequest.builder()
            .serviceDeploymentArn(ServiceHistoryTest.newest(stage).serviceDeploymentArn())
            .hookId(details(stage).getFirst().hookId())
            .action(action)
            .build());
  }
}
