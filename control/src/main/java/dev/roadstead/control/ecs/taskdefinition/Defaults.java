package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.base.Bug;
import dev.roadstead.control.ecs.taskdefinition.rule.Draft;
import dev.roadstead.control.ecs.taskdefinition.rule.Roles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// Fills in what DescribeTaskDefinition shows of members that were not sent, and nothing else:
/// Terraform compares. Source: ECS API reference, the defaults of ContainerDefinition, HealthCheck
/// and PortMapping, as observed in answers.
final class Defaults {
  private static final int HEALTH_INTERVAL_SECONDS = 30;
  private static final int HEALTH_TIMEOUT_SECONDS = 5;
  private static final int HEALTH_RETRIES = 3;
  private static final int RESTART_PERIOD_SECONDS = 300;

  private Defaults() {}

  /// The model's TaskDefinition of a checked request.
  static TaskDefinition filled(Draft draft, String account) {
    RegisterTaskDefinitionRequest request = draft.request();
    TaskDefinition.Builder builder = copied(request).toBuilder();
    builder
        .containerDefinitions(
            draft.containers().stream().map(one -> container(one, draft)).toList())
        .volumes(List.copyOf(request.volumes()))
        .placementConstraints(request.placementConstraints())
        .taskRoleArn(Roles.arn(request.taskRoleArn(), account))
        .executionRoleArn(Roles.arn(request.executionRoleArn(), account))
        .cpu(text(draft.cpuUnits()))
        .memory(text(draft.memoryMib()))
        .enableFaultInjection(Boolean.TRUE.equals(request.enableFaultInjection()));
    return builder.build();
  }

  /// Every member of the request that the task definition has too, whatever the model's version.
  private static TaskDefinition copied(RegisterTaskDefinitionRequest request) {
    TaskDefinition.Builder builder = TaskDefinition.builder();
    Map<String, SdkField<?>> targets = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> targets.put(field.memberName(), field));
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      SdkField<?> target = targets.get(field.memberName());
      if (target != null && value != null) {
        target.set(builder, value);
      } else if (target == null && !field.memberName().equals("tags")) {
        throw new Bug("the model's TaskDefinition lacks " + field.memberName());
      }
    }
    return builder.build();
  }

  private static ContainerDefinition container(ContainerDefinition sent, Draft draft) {
    ContainerDefinition.Builder builder =
        sent.toBuilder()
            .cpu(sent.cpu() == null ? 0 : sent.cpu())
            .essential(!Boolean.FALSE.equals(sent.essential()))
            .portMappings(sent.portMappings().stream().map(one -> port(one, draft)).toList())
            .environment(List.copyOf(sent.environment()))
            .mountPoints(List.copyOf(sent.mountPoints()))
            .volumesFrom(List.copyOf(sent.volumesFrom()))
            .systemControls(List.copyOf(sent.systemControls()));
    if (sent.healthCheck() != null) {
      builder.healthCheck(healthCheck(sent.healthCheck()));
    }
    if (sent.restartPolicy() != null) {
      builder.restartPolicy(restartPolicy(sent.restartPolicy()));
    }
    return builder.build();
  }

  private static PortMapping port(PortMapping sent, Draft draft) {
    PortMapping.Builder builder = sent.toBuilder();
    if (sent.protocolAsString() == null) {
      builder.protocol(TransportProtocol.TCP);
    }
    if (sent.containerPortRange() == null && (sent.hostPort() == null || sent.hostPort() == 0)) {
      builder.hostPort(draft.host() || draft.awsvpc() ? sent.containerPort() : Integer.valueOf(0));
    }
    return builder.build();
  }

  private static HealthCheck healthCheck(HealthCheck sent) {
    return sent.toBuilder()
        .interval(or(sent.interval(), HEALTH_INTERVAL_SECONDS))
        .timeout(or(sent.timeout(), HEALTH_TIMEOUT_SECONDS))
        .retries(or(sent.retries(), HEALTH_RETRIES))
        .build();
  }

  private static ContainerRestartPolicy restartPolicy(ContainerRestartPolicy sent) {
    return sent.toBuilder()
        .restartAttemptPeriod(or(sent.restartAttemptPeriod(), RESTART_PERIOD_SECONDS))
        .build();
  }

  private static int or(@Nullable Integer sent, int usual) {
    return sent == null ? usual : sent;
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }
}
