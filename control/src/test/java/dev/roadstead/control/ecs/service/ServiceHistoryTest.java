package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.table.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/// What the history of a service's deployments and revisions tells.
class ServiceHistoryTest {
  @Test
  void aDeploymentGoesFromPendingToSuccessful() {
    Stage stage = Stage.open().roomy();
    var created = stage.world.call(new CreateService(), Stage.request(_ -> {})).service();
    assertThat(created.currentServiceDeployment())
        .matches("arn:aws:ecs:eu-central-1:123456789012:service-deployment/default/web/.{21}");
    assertThat(created.currentServiceRevisions())
        .singleElement()
        .satisfies(one -> assertThat(one.requestedTaskCount()).isEqualTo(2));
    assertThat(newest(stage).statusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(newest(stage).finishedAt()).isNull();
    stage.runAll();
    ServiceDeployment done = newest(stage);
    assertThat(done.statusAsString()).isEqualTo("SUCCESSFUL");
    assertThat(done.finishedAt()).isNotNull();
    assertThat(done.startedAt()).isNotNull();
    assertThat(done.serviceArn()).isEqualTo(created.serviceArn());
    assertThat(done.clusterArn()).isEqualTo(created.clusterArn());
    assertThat(done.targetServiceRevision().runningTaskCount()).isEqualTo(2);
    assertThat(done.targetServiceRevision().requestedTaskCount()).isEqualTo(2);
    assertThat(done.sourceServiceRevisions()).isEmpty();
    assertThat(done.deploymentConfiguration().maximumPercent()).isEqualTo(200);
    assertThat(done.deploymentCircuitBreaker().statusAsString()).isEqualTo("DISABLED");
    stage.update(one -> one.desiredCount(1));
    assertThat(newest(stage)).as("its end is final").isEqualTo(done);
  }

  @Test
  void aNewDefinitionAndAForcedDeploymentMakeRevisionsAndOthersDoNot() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    String first = revision(stage);
    stage.update(one -> one.desiredCount(3).taskDefinition("app:1"));
    assertThat(listed(stage)).hasSize(1);
    stage.update(one -> one.forceNewDeployment(true));
    String second = revision(stage);
    assertThat(listed(stage)).hasSize(2);
    stage.runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    assertThat(listed(stage)).hasSize(3);
    ServiceDeployment deployment = newest(stage);
    assertThat(deployment.sourceServiceRevisions())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.arn()).isEqualTo(second);
              assertThat(one.runningTaskCount()).isEqualTo(3);
            });
    stage.runAll();
    List<ServiceRevision> revisions =
        stage
            .world
            .call(
                new DescribeServiceRevisions(),
                DescribeServiceRevisionsRequest.builder()
                    .serviceRevisionArns(first, second, revision(stage))
                    .build())
            .serviceRevisions();
    assertThat(revisions)
        .extracting(one -> one.taskDefinition().replaceAll(".*/", ""))
        .containsExactly("app:1", "app:1", "app:2");
    assertThat(revisions.getFirst().serviceRevisionArn()).isEqualTo(first);
    assertThat(revisions.getFirst().launchTypeAsString()).isEqualTo("EC2");
    assertThat(revisions.getFirst().createdAt()).isNotNull();
    assertThat(revisions.getFirst().containerImages())
        .singleElement()
        .matches(one -> one.containerName().equals("main") && one.image().equals("busybox"));
  }

  @Test
  void showsEachRevisionThatHasTasks() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    Service shown = stage.described();
    assertThat(shown.currentServiceRevisions())
        .extracting(one -> List.of(one.runningTaskCount(), one.pendingTaskCount()))
        .containsExactly(List.of(0, 2), List.of(2, 0));
    stage.runAll();
    assertThat(stage.described().currentServiceRevisions()).hasSize(1);
  }

  @Test
  void aNewerDeploymentStopsTheOneThatGoesOn() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    stage.update(one -> one.taskDefinition("app:2"));
    ServiceDeployment older = described(stage, listed(stage).get(1).serviceDeploymentArn());
    assertThat(older.statusAsString()).isEqualTo("STOPPED");
    assertThat(older.statusReason())
        .isEqualTo("Service deployment stopped because a new deployment began.");
    assertThat(older.stoppedAt()).isNotNull();
    stage.delete(true);
    assertThat(newest(stage).statusReason())
        .isEqualTo("Service deployment stopped because the service was deleted.");
  }

  @Test
  void listsByStatusAndTimeInPagesNewestFirst() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.pass(Duration.ofMinutes(5));
    var middle = stage.world.now().minusSeconds(1);
    for (int i = 0; i < 24; i++) {
      stage.update(one -> one.forceNewDeployment(true));
      stage.runAll();
    }
    stage.update(one -> one.forceNewDeployment(true));
    ListServiceDeploymentsResponse page = list(stage, _ -> {});
    assertThat(page.serviceDeployments()).hasSize(20);
    assertThat(page.serviceDeployments().getFirst().statusAsString()).isEqualTo("IN_PROGRESS");
    ListServiceDeploymentsResponse rest = list(stage, one -> one.nextToken(page.nextToken()));
    assertThat(rest.serviceDeployments()).hasSize(6);
    assertThat(rest.nextToken()).isNull();
    assertThat(list(stage, one -> one.maxResults(1)).serviceDeployments()).hasSize(1);
    assertThat(
            list(stage, one -> one.statusWithStrings("SUCCESSFUL").maxResults(100))
                .serviceDeployments())
        .hasSize(25);
    assertThat(list(stage, one -> one.createdAt(at -> at.before(middle))).serviceDeployments())
        .hasSize(1);
    assertThat(
            list(stage, one -> one.maxResults(100).createdAt(at -> at.after(middle)))
                .serviceDeployments())
        .hasSize(25);
  }

  @Test
  void keepsAHundredAndWhatARollbackNeeds() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    String first = newest(stage).serviceDeploymentArn();
    for (int i = 0; i < 150; i++) {
      stage.change(one -> one.forceNewDeployment(true));
    }
    assertThat(stage.world.state().count(DeploymentRecords.TABLE))
        .isEqualTo(DeploymentRecords.KEPT_MAX + 1);
    assertThat(stage.world.state().count(ServiceRevisions.TABLE))
        .isEqualTo(DeploymentRecords.KEPT_MAX + 1);
    assertThat(described(stage, first).statusAsString()).isEqualTo("SUCCESSFUL");
    stage.pass(DeploymentRecords.RETENTION);
    stage.update(one -> one.forceNewDeployment(true));
    assertThat(stage.world.state().count(DeploymentRecords.TABLE)).isLessThanOrEqualTo(3);
  }

  /// What ended stays to be looked up: the service, its deployments, its revisions.
  @Test
  void aDeletedServiceIsRememberedForThirtyDays() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    stage.runAll().delete(true).end();
    String revision = newest(stage).targetServiceRevision().arn();
    stage.pass(Duration.ofDays(30).minusSeconds(1));
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
    assertThat(listed(stage)).extracting(one -> one.statusAsString()).containsOnly("SUCCESSFUL");
    assertThat(listed(stage)).hasSize(2);
    assertThat(newest(stage).targetServiceRevision().arn()).isEqualTo(revision);
    var revisions =
        stage.world.call(
            new DescribeServiceRevisions(),
            DescribeServiceRevisionsRequest.builder().serviceRevisionArns(revision).build());
    assertThat(revisions.serviceRevisions().getFirst().taskDefinition()).endsWith("app:2");
    stage.pass(Duration.ofSeconds(1));
    assertThat(stage.describe(_ -> {}).failures().getFirst().reason()).isEqualTo("MISSING");
  }

  @Test
  void onlySoManyDeletedServicesAreRemembered() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll().delete(true).end();
    List<Change> others = new ArrayList<>();
    for (int i = 0; i < Services.INACTIVE_MAX - 1; i++) {
      others.add(
          Services.TABLE.put(
              ServiceBuilder.builder(stage.row())
                  .name("s" + i)
                  .inactiveAt(stage.world.now().plusSeconds(i + 1))
                  .build()));
    }
    stage.world.apply(others);
    stage.settle();
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
    stage.world.apply(
        List.of(
            Services.TABLE.put(
                ServiceBuilder.builder(stage.row())
                    .name("last")
                    .inactiveAt(stage.world.now().plusSeconds(9999))
                    .build())));
    stage.settle();
    assertThat(stage.describe(_ -> {}).services()).as("it ended first").isEmpty();
    assertThat(stage.world.state().count(DeploymentRecords.TABLE)).isZero();
    assertThat(stage.world.state().count(Services.TABLE)).isEqualTo(Services.INACTIVE_MAX);
  }

  @Test
  void forgetsTheHistoryWithTheService() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll().delete(true).end();
    assertThat(stage.world.state().count(DeploymentRecords.TABLE)).isEqualTo(1);
    stage.pass(Services.INACTIVE_RETENTION);
    assertThat(stage.world.state().count(DeploymentRecords.TABLE)).isZero();
    assertThat(stage.world.state().count(ServiceRevisions.TABLE)).isZero();
    stage.create(_ -> {}).runAll().delete(true).end().create(_ -> {});
    assertThat(listed(stage)).hasSize(1);
  }

  @Test
  void whatIsNotThereIsMissing() {
    Stage stage = Stage.open();
    String gone = "arn:aws:ecs:eu-central-1:123456789012:service-deployment/default/web/x";
    var answer =
        stage.world.call(
            new DescribeServiceDeployments(),
            DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(gone, gone.replace("123456789012", "210987654321"))
                .build());
    assertThat(answer.failures())
        .allMatch(one -> one.reason().equals("MISSING"))
        .extracting(one -> one.arn())
        .contains(gone);
    assertThat(
            stage
                .world
                .call(
                    new DescribeServiceRevisions(),
                    DescribeServiceRevisionsRequest.builder()
                        .serviceRevisionArns(gone.replace("deployment/", "revision/"))
                        .build())
                .failures())
        .hasSize(1);
  }

  static ListServiceDeploymentsResponse list(
      Stage stage, Consumer<ListServiceDeploymentsRequest.Builder> more) {
    return stage.world.call(
        new ListServiceDeployments(),
        ListServiceDeploymentsRequest.builder().service(Stage.WEB).applyMutation(more).build());
  }

  static List<ServiceDeploymentBrief> listed(Stage stage) {
    return list(stage, _ -> {}).serviceDeployments();
  }

  static ServiceDeployment described(Stage stage, String arn) {
    return stage
        .world
        .call(
            new DescribeServiceDeployments(),
            DescribeServiceDeploymentsRequest.builder().serviceDeploymentArns(arn).build())
        .serviceDeployments()
        .getFirst();
  }

  static ServiceDeployment newest(Stage stage) {
    return described(stage, listed(stage).getFirst().serviceDeploymentArn());
  }

  static String revision(Stage stage) {
    return stage.described().currentServiceRevisions().getFirst().arn();
  }
}
