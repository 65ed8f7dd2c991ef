package dev.roadstead.control.ecs;

import dev.roadstead.control.api.AwsService;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.api.ModelOperations;
import dev.roadstead.control.ecs.agent.AgentOperations;
import dev.roadstead.control.ecs.capacity.CapacityOperations;
import dev.roadstead.control.ecs.capacity.ProviderReaper;
import dev.roadstead.control.ecs.cluster.ClusterOperations;
import dev.roadstead.control.ecs.cluster.ClusterReaper;
import dev.roadstead.control.ecs.instance.InstanceOperations;
import dev.roadstead.control.ecs.instance.InstanceReaper;
import dev.roadstead.control.ecs.service.ServiceController;
import dev.roadstead.control.ecs.service.ServiceOperations;
import dev.roadstead.control.ecs.setting.SettingOperations;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.HookTasks;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.control.ecs.tag.TagOperations;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.ecs.task.TaskOperations;
import dev.roadstead.control.ecs.task.TaskReaper;
import dev.roadstead.control.ecs.task.WaitingTaskController;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionOperations;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionReaper;
import dev.roadstead.control.node.NodeSecrets;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.OperationShape;
import dev.roadstead.wire.api.Protocol;
import dev.roadstead.wire.api.ServiceShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.EcsClient;

/// Amazon ECS, API version 2014-11-13.
public final class EcsService implements AwsService {
  private static final String SIGNING_NAME = "ecs";
  private static final String TARGET_PREFIX = "AmazonEC2ContainerServiceV20141113";

  private final List<Entry> operations = new ArrayList<>();
  private final TaskHistory history;

  /// The service of a control plane.
  ///
  /// @param base by the Host of a request, an `http://` or `https://` URL without a path, as its
  ///     sender reaches this control plane
  /// @param history where stopped tasks are once their rows are gone; then their rows go only by
  ///     {@link dev.roadstead.control.ecs.task.Expired}
  public EcsService(UnaryOperator<String> base, TaskHistory history) {
    this.history = history;
    operations.addAll(AgentOperations.entries(base));
    operations.addAll(ClusterOperations.entries());
    operations.addAll(CapacityOperations.entries());
    operations.addAll(InstanceOperations.entries());
    operations.addAll(TaskDefinitionOperations.entries());
    operations.addAll(TaskOperations.entries(history));
    operations.addAll(ServiceOperations.entries());
    operations.addAll(TagOperations.entries());
    operations.addAll(SettingOperations.entries());
  }

  @Override
  public ServiceShape shape() {
    List<OperationShape> built = operations.stream().map(Entry::shape).toList();
    List<String> names = built.stream().map(OperationShape::name).toList();
    List<String> unbuilt = new ArrayList<>(ModelOperations.of(EcsClient.class));
    unbuilt.removeAll(names);
    return new ServiceShape(SIGNING_NAME, Protocol.JSON_1_1, TARGET_PREFIX, built, unbuilt);
  }

  @Override
  public List<Entry> operations() {
    return List.copyOf(operations);
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(
        Clusters.TABLE,
        CapacityProviders.TABLE,
        ContainerInstances.TABLE,
        TaskDefinitions.TABLE,
        TaskDefinitions.FAMILIES,
        Tasks.TABLE,
        WaitingTasks.TABLE,
        Services.TABLE,
        ServiceEvents.TABLE,
        ServiceTasks.TABLE,
        TaskProtections.TABLE,
        TaskSets.TABLE,
        DeploymentRecords.TABLE,
        ServiceRevisions.TABLE,
        HookTasks.TABLE,
        AlarmStates.TABLE,
        ClientTokens.TABLE,
        AccountSettings.TABLE,
        NodeSecrets.TABLE);
  }

  @Override
  public List<Controller> controllers() {
    return List.of(
        new ClusterReaper(),
        new ProviderReaper(),
        new InstanceReaper(),
        new TaskReaper(history.equals(TaskHistory.NONE)),
        new WaitingTaskController(),
        new ServiceController(),
        new TaskDefinitionReaper());
  }
}
