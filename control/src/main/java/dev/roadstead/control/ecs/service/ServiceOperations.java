package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Entry;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.HookTasks;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.table.Table;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;

/// What services add to ECS's catalogue.
public final class ServiceOperations {
  private static final String MISSING =
      "REPLICA and DAEMON services with the ECS or EXTERNAL controller on launch types EC2 and"
          + " EXTERNAL."
          + " Refused: CODE_DEPLOY, lifecycle hooks and strategies other than ROLLING with DAEMON,"
          + " Lambda functions as lifecycle hooks,"
          + " Fargate, awsvpc, loadBalancers, serviceRegistries,"
          + " serviceConnectConfiguration, volumeConfigurations,"
          + " vpcLatticeConfigurations, monitoring, role";

  private static final String NETWORK = "Fargate, awsvpc, loadBalancers, serviceRegistries";

  private ServiceOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.partial("CreateService", CreateServiceRequest::builder, new CreateService(), MISSING),
        Entry.partial("CreateTaskSet", CreateTaskSetRequest::builder, new CreateTaskSet(), NETWORK),
        Entry.of("DeleteTaskSet", DeleteTaskSetRequest::builder, new DeleteTaskSet()),
        Entry.of("DescribeTaskSets", DescribeTaskSetsRequest::builder, new DescribeTaskSets()),
        Entry.of("UpdateTaskSet", UpdateTaskSetRequest::builder, new UpdateTaskSet()),
        Entry.of(
            "UpdateServicePrimaryTaskSet",
            UpdateServicePrimaryTaskSetRequest::builder,
            new UpdateServicePrimaryTaskSet()),
        Entry.of("DeleteService", DeleteServiceRequest::builder, new DeleteService()),
        Entry.of("DescribeServices", DescribeServicesRequest::builder, new DescribeServices()),
        Entry.of(
            "DescribeServiceDeployments",
            DescribeServiceDeploymentsRequest::builder,
            new DescribeServiceDeployments()),
        Entry.of(
            "DescribeServiceRevisions",
            DescribeServiceRevisionsRequest::builder,
            new DescribeServiceRevisions()),
        Entry.of(
            "ListServiceDeployments",
            ListServiceDeploymentsRequest::builder,
            new ListServiceDeployments()),
        Entry.of(
            "StopServiceDeployment",
            StopServiceDeploymentRequest::builder,
            new StopServiceDeployment()),
        Entry.of(
            "ContinueServiceDeployment",
            ContinueServiceDeploymentRequest::builder,
            new ContinueServiceDeployment()),
        Entry.of("ListServices", ListServicesRequest::builder, new ListServices()),
        Entry.partial(
            "UpdateService", UpdateServiceRequest::builder, new UpdateService(), MISSING));
  }

  public static List<Table<?>> tables() {
    return List.of(
        Services.TABLE,
        ServiceEvents.TABLE,
        ServiceTasks.TABLE,
        TaskProtections.TABLE,
        TaskSets.TABLE,
        DeploymentRecords.TABLE,
        ServiceRevisions.TABLE,
        HookTasks.TABLE,
        AlarmStates.TABLE);
  }
}
