package dev.roadstead.control.ecs.agent;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.instance.InstanceShape;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.VersionInfo;

/// Registers a machine, or registers it again after its agent was restarted: the same client token
/// or the same ARN yields the same instance. Source: Amazon ECS API reference,
/// RegisterContainerInstance; what agents demand of the answer: aws/amazon-ecs-agent 1.105,
/// ecs-agent/api/ecs/client.
///
/// An ARN of this cluster that is not known (the control plane lost its data, or forgot an
/// instance) is taken as it is: an agent never accepts another one than it saved.
public final class RegisterContainerInstance
    implements Write<AgentRegistration, RegisterContainerInstanceResponse> {
  /// Twice the largest cluster this control plane is measured with.
  static final int INSTANCES_MAX = 20_000;

  /// Source: agents send a UUID; IAM's longest tokens have 64 characters.
  private static final int TOKEN_MAX = 128;

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{32,36}");
  private static final String NOTHING = "";

  @Override
  public Decision<RegisterContainerInstanceResponse> decide(
      State state, AgentRegistration registration, Call call) {
    RegisterContainerInstanceRequest request = registration.request();
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    String token = token(registration.clientToken());
    String arn = request.containerInstanceArn();
    ContainerInstance known =
        arn == null || arn.isEmpty()
            ? byToken(state, cluster, token)
            : ContainerInstances.find(state, call.scope(), cluster.name(), arn);
    if (known != null && known.status().equals(ContainerInstance.INACTIVE)) {
      throw EcsErrors.client("The container instance " + known.arn() + " is INACTIVE.");
    }
    if (known != null) {
      return again(state, known, request);
    }
    if (state.count(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key()) >= INSTANCES_MAX) {
      throw EcsErrors.of(
          "LimitExceededException", "The limit for container instances was exceeded.");
    }
    String id =
        arn == null || arn.isEmpty() ? call.freshId() : idIn(arn, call.scope(), cluster.name());
    ContainerInstance row = created(cluster, id, token, request, call);
    return answer(state, List.of(ContainerInstances.create(row)), row.key());
  }

  private static ContainerInstance created(
      Cluster cluster,
      String id,
      @Nullable String token,
      RegisterContainerInstanceRequest request,
      Call call) {
    IdentityDocument document = IdentityDocument.parse(request.instanceIdentityDocument());
    ContainerInstanceBuilder builder =
        ContainerInstanceBuilder.builder()
            .account(cluster.account())
            .region(cluster.region())
            .cluster(cluster.name())
            .id(id)
            .ec2InstanceId(document.instanceId() == null ? NOTHING : document.instanceId())
            .status(ContainerInstance.ACTIVE)
            .connected(false)
            .agentVersion(NOTHING)
            .agentHash(NOTHING)
            .dockerVersion(NOTHING)
            .clientToken(token)
            .tags(Tags.accept(request.tags()))
            .registeredAt(call.now())
            .version(1);
    return observed(builder, request, document, List.of()).build();
  }

  private static Decision<RegisterContainerInstanceResponse> again(
      State state, ContainerInstance before, RegisterContainerInstanceRequest request) {
    IdentityDocument document = IdentityDocument.parse(request.instanceIdentityDocument());
    ContainerInstance after =
        observed(ContainerInstanceBuilder.builder(before), request, document, before.attributes())
            .build();
    Attribute oldType = before.attribute(RegisteredAttributes.INSTANCE_TYPE);
    if (oldType != null && !oldType.equals(after.attribute(RegisteredAttributes.INSTANCE_TYPE))) {
      throw EcsErrors.client("Container instance type changes are not supported.");
    }
    return answer(state, ContainerInstances.update(before, after), before.key());
  }

  /// The row with what this registration says of the machine.
  private static ContainerInstanceBuilder observed(
      ContainerInstanceBuilder builder,
      RegisterContainerInstanceRequest request,
      IdentityDocument document,
      List<Attribute> earlier) {
    RegisteredResources resources =
        RegisteredResources.of(request.totalResources(), request.platformDevices());
    builder
        .cpuUnits(resources.cpuUnits())
        .memoryMib(resources.memoryMib())
        .tcpPorts(resources.tcpPorts())
        .udpPorts(resources.udpPorts())
        .gpuIds(resources.gpuIds())
        .attributes(
            RegisteredAttributes.of(request.attributes(), document, earlier, builder.region()));
    VersionInfo version = request.versionInfo();
    if (version != null) {
      builder
          .agentVersion(orElse(version.agentVersion(), builder.agentVersion()))
          .agentHash(orElse(version.agentHash(), builder.agentHash()))
          .dockerVersion(orElse(version.dockerVersion(), builder.dockerVersion()));
    }
    return builder;
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }

  private static @Nullable String token(@Nullable String sent) {
    if (sent != null && sent.length() > TOKEN_MAX) {
      throw EcsErrors.invalidParameter("clientToken is too long.");
    }
    return sent == null || sent.isEmpty() ? null : sent;
  }

  private static @Nullable ContainerInstance byToken(
      State state, Cluster cluster, @Nullable String token) {
    if (token == null) {
      return null;
    }
    for (ContainerInstance row :
        state.rows(ContainerInstances.BY_CLIENT_TOKEN, cluster.scope().key(token))) {
      if (row.cluster().equals(cluster.name())
          && !row.status().equals(ContainerInstance.INACTIVE)) {
        return row;
      }
    }
    return null;
  }

  /// The id in an ARN of this cluster. Refuses any other text.
  private static String idIn(String text, Scope scope, String cluster) {
    Arn arn = Arn.parse(text);
    String prefix = "container-instance/" + cluster + "/";
    if (arn == null
        || !arn.account().equals(scope.account())
        || !arn.region().equals(scope.region())
        || !arn.resource().startsWith(prefix)
        || !ID.matcher(arn.resource().substring(prefix.length())).matches()) {
      throw EcsErrors.client("The container instance ARN is not one of this cluster: " + text);
    }
    return arn.resource().substring(prefix.length());
  }

  private static Decision<RegisterContainerInstanceResponse> answer(
      State state, List<? extends Change> changes, String key) {
    State after = state.with(changes);
    return new Decision<>(
        List.copyOf(changes),
        RegisterContainerInstanceResponse.builder()
            .containerInstance(
                InstanceShape.of(
                    after,
                    after.get(ContainerInstances.TABLE, key),
                    Set.of(ContainerInstanceField.TAGS)))
            .build());
  }
}
