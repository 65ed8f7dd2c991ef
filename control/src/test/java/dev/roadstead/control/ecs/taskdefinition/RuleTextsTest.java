package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Family;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The refusals of task definitions that {@link RulesTest} and {@link FargateRulesTest} leave out:
/// what AWS documents a rule for but no text, and the operations beside RegisterTaskDefinition.
class RuleTextsTest {
  private static final String APP = "\"name\": \"app\", \"image\": \"b\", \"memory\": 64";

  private static final Map<String, String> SHORTS =
      Map.of(
          "App",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{"
              + APP
              + ", %s}]}",
          "Linux",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{"
              + APP
              + ", \"linuxParameters\": {%s}}]}",
          "Log",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{"
              + APP
              + ", \"logConfiguration\": {%s}}]}",
          "Task",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{"
              + APP
              + "}], %s}",
          "Volume",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{"
              + APP
              + "}], \"volumes\": [{\"name\": \"v\", %s}]}",
          "Named",
          "RegisterTaskDefinition {\"family\": \"f\", \"containerDefinitions\": [{%s}]}",
          "Fargate",
          "RegisterTaskDefinition {\"family\": \"f\", \"requiresCompatibilities\": [\"FARGATE\"],"
              + " \"networkMode\": \"awsvpc\", \"cpu\": \"256\", \"memory\": \"512\", %s}");

  private static final String NAMES =
      """
      Named "image": "b", "memory": 64
      ClientException: Container.name should not be null or empty.

      Named "name": "a b", "image": "b", "memory": 64
      ClientException: Container.name contains invalid characters.

      Named "name": "app", "image": "a b", "memory": 64
      ClientException: Container.image contains invalid characters.

      Named "name": "app", "image": "fill(256)", "memory": 64
      ClientException: Container.image contains invalid characters.

      App "cpu": -1
      ClientException: Invalid 'cpu' setting for container 'app'.

      App "memoryReservation": 5
      ClientException: Invalid 'memoryReservation' setting for container 'app'.

      App "links": ["a:b:c"]
      ClientException: Invalid link 'a:b:c'.

      App "environment": [{"value": "v"}]
      ClientException: Environment variable name should not be null or empty.

      App "startTimeout": -1
      ClientException: Invalid 'startTimeout' setting for container 'app'.

      App "stopTimeout": 86401
      ClientException: Invalid 'stopTimeout' setting for container 'app'.

      App "dependsOn": [{"containerName": "app"}]
      ClientException: ContainerDependency.condition should not be null or empty.

      App "portMappings": list(101 of {"containerPortRange": "1#0-1#1"})
      ClientException: The number of port ranges of a container cannot exceed 100.

      App "portMappings": [{"containerPort": 1, "hostPort": 9}, {"containerPort": 2, "hostPort": 9}]
      ClientException: host port is used multiple times in task

      App "secrets": [{"name": "S"}]
      ClientException: Secret.name and Secret.valueFrom should not be null or empty.

      App "repositoryCredentials": {}
      ClientException: RepositoryCredentials.credentialsParameter should not be null or empty.

      App "repositoryCredentials": {"credentialsParameter": "p"}
      ClientException: When you are specifying repository credentials, you must also specify a \
      value for 'executionRoleArn'

      App "environmentFiles": [{"value": "arn:aws:s3:::b/k"}]
      ClientException: EnvironmentFile.type should not be null or empty.

      App "dockerSecurityOptions": ["none"]
      ClientException: Invalid 'dockerSecurityOptions' setting for container 'app'.

      App "credentialSpecs": ["file"]
      ClientException: Invalid 'credentialSpecs' setting for container 'app'.

      App "restartPolicy": {}
      ClientException: ContainerRestartPolicy.enabled should not be null or empty.

      App "restartPolicy": {"enabled": true, "ignoredExitCodes": list(51 of #)}
      ClientException: Invalid 'restartPolicy.ignoredExitCodes' setting for container 'app'.

      App "restartPolicy": {"enabled": true, "restartAttemptPeriod": 1801}
      ClientException: Invalid 'restartPolicy.restartAttemptPeriod' setting for container 'app'.

      App "resourceRequirements": [{"value": "1"}]
      ClientException: Invalid 'resourceRequirements.type' setting for container 'app'.

      App "resourceRequirements": [{"type": "InferenceAccelerator", "value": "d"}]
      ClientException: Unsupported resource type 'InferenceAccelerator'
      """;

  private static final String LINUX =
      """
      App "ulimits": [{"name": "nofile", "softLimit": 1}]
      ClientException: Ulimit.name, Ulimit.softLimit and Ulimit.hardLimit should not be null or \
      empty.

      App "ulimits": [{"name": "nofile", "softLimit": -2, "hardLimit": 1}]
      ClientException: Invalid 'ulimits' setting for container 'app'.

      App "systemControls": [{"namespace": "net.core.somaxconn"}]
      ClientException: SystemControl.namespace and SystemControl.value should not be null or empty.

      App "systemControls": [{"namespace": "vm.swappiness", "value": "1"}]
      ClientException: Invalid systemControls namespace 'vm.swappiness' for container 'app'.

      Linux "devices": [{"containerPath": "/dev/x"}]
      ClientException: Device.hostPath should not be null or empty.

      Linux "tmpfs": [{"size": 1}]
      ClientException: Tmpfs.containerPath should not be null or empty.

      Linux "tmpfs": [{"containerPath": "/t", "size": 0}]
      ClientException: Invalid 'linuxParameters.tmpfs.size' setting for container 'app'.

      Linux "sharedMemorySize": 0
      ClientException: Invalid 'linuxParameters.sharedMemorySize' setting for container 'app'.

      Linux "maxSwap": -1
      ClientException: Invalid 'linuxParameters.maxSwap' setting for container 'app'.

      Linux "capabilities": {"add": ["FLY"]}
      ClientException: Invalid Linux capability 'FLY'.

      Log "options": {}
      ClientException: LogConfiguration.logDriver should not be null or empty.

      Log "logDriver": "json-file", "options": {"mode": "fast"}
      ClientException: Invalid value 'fast' for log option mode.

      App "firelensConfiguration": {"options": {}}
      ClientException: FirelensConfiguration.type should not be null or empty.

      App "firelensConfiguration": {"type": "fluentd", "options": {"config-file-type": "ftp"}}
      ClientException: Invalid value 'ftp' for config-file-type.

      App "firelensConfiguration": {"type": "fluentd", "options": {"config-file-type": "s3"}}
      ClientException: config-file-type and config-file-value must be specified together.

      RegisterTaskDefinition {"family": "f", "containerDefinitions": list(2 of {"name": "c#", \
      "image": "b", "memory": 64, "firelensConfiguration": {"type": "fluentd"}})}
      ClientException: A task definition can have only one container with a \
      firelensConfiguration.

      RegisterTaskDefinition {"family": "f", "ipcMode": "host", "containerDefinitions": [{"name": \
      "app", "image": "b", "memory": 64, "systemControls": [{"namespace": "kernel.sem", \
      "value": "1"}]}]}
      ClientException: IPC systemControls are not supported when ipcMode=host

      RegisterTaskDefinition {"family": "f", "runtimePlatform": {"operatingSystemFamily": \
      "WINDOWS_SERVER_2022_CORE"}, "containerDefinitions": [{"name": "app", "image": "b", \
      "memory": 64, "linuxParameters": {"initProcessEnabled": true}}]}
      ClientException: linuxParameters is not supported for Windows containers.

      App "mountPoints": [{"sourceVolume": "gone", "containerPath": "/v"}]
      ClientException: Unknown volume 'gone'.

      RegisterTaskDefinition {"family": "f", "volumes": [{"name": "v"}], "containerDefinitions": \
      [{"name": "app", "image": "b", "memory": 64, "mountPoints": [{"sourceVolume": "v"}]}]}
      ClientException: Invalid 'mountPoints.containerPath' setting for container 'app'.

      RegisterTaskDefinition {"family": "f", "volumes": [{"name": "v"}], "containerDefinitions": \
      [{"name": "app", "image": "b", "memory": 64, \
      "mountPoints": list(2 of {"sourceVolume": "v", "containerPath": "/v"})}]}
      ClientException: Duplicate mount point '/v' in container 'app'.
      """;

  private static final String TASK =
      """
      Task "memory": "5"
      ClientException: Invalid 'memory' setting for task.

      RegisterTaskDefinition {"family": "f", "memory": "64", "containerDefinitions": \
      list(2 of {"name": "c#", "image": "b", "memoryReservation": 33})}
      ClientException: The sum of all container 'memoryReservation' values cannot be greater than \
      the value of the task 'memory'.

      Task "placementConstraints": list(11 of {"type": "memberOf", "expression": "attribute:a"})
      ClientException: Maximum number of placement constraints is 10

      Task "placementConstraints": [{"expression": "attribute:a exists"}]
      ClientException: Placement constraint type should be one of [memberOf]

      Task "placementConstraints": [{"type": "memberOf", "expression": "attribute:a ?"}]
      InvalidParameterException: Invalid placement expression: an operator is expected at \
      position 13.

      Task "networkMode": "bridge", "proxyConfiguration": {"containerName": "app"}
      ClientException: proxyConfiguration is only supported when networkMode=awsvpc.

      Task "networkMode": "awsvpc", "proxyConfiguration": {"containerName": "gone"}
      ClientException: The proxyConfiguration container gone is not a container in the task \
      definition.

      Task "networkMode": "awsvpc", "proxyConfiguration": {"containerName": "app", \
      "properties": [{"name": "Color", "value": "red"}]}
      ClientException: Invalid proxyConfiguration property 'Color'.

      Task "pidMode": "host", "runtimePlatform": {"operatingSystemFamily": \
      "WINDOWS_SERVER_2022_CORE"}
      ClientException: pidMode and ipcMode are not supported for Windows containers.

      Task "tags": list(51 of {"key": "k#"})
      InvalidParameterException: The number of tags exceeds the limit of 50 tags per resource.

      Task "volumes": [{}]
      ClientException: Volume.name should not be null or empty.

      Task "volumes": [{"name": "a b"}]
      ClientException: Volume.name contains invalid characters.

      Task "volumes": list(2 of {"name": "v#", "configuredAtLaunch": true})
      ClientException: A task definition can have only one volume that is configured at launch.

      Volume "configuredAtLaunch": true, "host": {"sourcePath": "/v"}
      ClientException: Volume 'v' can have only one volume configuration.

      Volume "dockerVolumeConfiguration": {"autoprovision": true, "scope": "task"}
      ClientException: autoprovision can only be specified when the scope is shared.

      Volume "efsVolumeConfiguration": {}
      ClientException: EFSVolumeConfiguration.fileSystemId should not be null or empty.

      Volume "efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": \
      {"accessPointId": "p"}}
      ClientException: EFS access points require TransitEncryption to be enabled

      Volume "efsVolumeConfiguration": {"fileSystemId": "fs-1", "transitEncryption": "ENABLED", \
      "transitEncryptionPort": 65536}
      ClientException: Invalid 'transitEncryptionPort' setting.

      Volume "s3filesVolumeConfiguration": {}
      ClientException: S3FilesVolumeConfiguration.fileSystemArn should not be null or empty.

      Volume "s3filesVolumeConfiguration": {"fileSystemArn": "arn:aws:s3:::f"}
      ClientException: When you are specifying an S3 Files volume, you must also specify a value \
      for 'taskRoleArn'

      Task "taskRoleArn": "r", "volumes": [{"name": "v", "s3filesVolumeConfiguration": \
      {"fileSystemArn": "arn:aws:s3:::f", "accessPointArn": "p", "rootDirectory": "/x"}}]
      ClientException: When using an S3 Files access point, the root directory must either be set \
      to "/" or be omitted

      Volume "fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-1"}
      ClientException: fsxWindowsFileServerVolumeConfiguration requires fileSystemId, \
      rootDirectory and authorizationConfig.

      Fargate "ipcMode": "task", "containerDefinitions": [{"name": "app", "image": "b"}]
      ClientException: Fargate compatible task definitions do not support ipcMode

      Fargate "containerDefinitions": [{"name": "app", "image": "b"}], "volumes": [{"name": "v", \
      "fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-1"}}]
      ClientException: Fargate compatible task definitions do not support \
      fsxWindowsFileServerVolumeConfiguration

      Fargate "containerDefinitions": [{"name": "app", "image": "b", \
      "linuxParameters": {"tmpfs": [{"containerPath": "/t", "size": 1}]}}]
      ClientException: Fargate compatible task definitions do not support tmpfs

      Fargate "containerDefinitions": [{"name": "app", "image": "b", \
      "linuxParameters": {"maxSwap": 1}}]
      ClientException: Fargate compatible task definitions do not support maxSwap

      Fargate "executionRoleArn": "r", "containerDefinitions": [{"name": "app", "image": "b", \
      "logConfiguration": {"logDriver": "awslogs", \
      "options": {"awslogs-region": "r", "awslogs-group": "g"}}}]
      ClientException: Log driver awslogs requires options: awslogs-stream-prefix
      """;

  private static final String OTHERS =
      """
      DescribeTaskDefinition {}
      InvalidParameterException: TaskDefinition can not be blank.

      DescribeTaskDefinition {"taskDefinition": "unknown"}
      ClientException: Unable to describe task definition.

      DescribeTaskDefinition {"taskDefinition": "web:foo"}
      InvalidParameterException: Invalid revision number. Number: foo

      DescribeTaskDefinition {"taskDefinition": "web:0"}
      InvalidParameterException: Invalid revision number. Number: 0

      DescribeTaskDefinition {"taskDefinition": "web:"}
      InvalidParameterException: Revision is missing.

      DescribeTaskDefinition {"taskDefinition": "web:1", "include": ["ALL"]}
      InvalidParameterException: Invalid value 'ALL' for include: it should be one of [TAGS].

      DeregisterTaskDefinition {"taskDefinition": "web"}
      ClientException: Revision is missing.

      DeregisterTaskDefinition {"taskDefinition": "web:9"}
      ClientException: Unable to describe task definition.

      ListTaskDefinitions {"status": "LOST"}
      InvalidParameterException: Invalid value 'LOST' for status: it should be one of \
      [ACTIVE,INACTIVE,DELETE_IN_PROGRESS].

      ListTaskDefinitions {"sort": "UP"}
      InvalidParameterException: Invalid value 'UP' for sort: it should be one of [ASC,DESC].

      ListTaskDefinitionFamilies {"status": "LOST"}
      InvalidParameterException: Invalid value 'LOST' for status: it should be one of \
      [ACTIVE,INACTIVE,ALL].

      DeleteTaskDefinitions {}
      InvalidParameterException: size of TaskDefinition references list must be greater than 0

      DeleteTaskDefinitions {"taskDefinitions": list(11 of "web:#")}
      InvalidParameterException: Size of TaskDefinition references list cannot exceed 10
      """;

  static Stream<RuleRow> rules() {
    return Stream.of(NAMES, LINUX, TASK, OTHERS).flatMap(one -> RuleRow.table(one, SHORTS));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {\"family\": \"web\", \"containerDefinitions\": [{" + APP + "}]}");
    rule.check(world);
  }

  @Test
  void revisionsAreLimited() {
    Family used = new Family(World.ACCOUNT, World.REGION, "f", RegisterTaskDefinition.REVISION_MAX);
    World world = RuleRow.world().apply(List.of(TaskDefinitions.FAMILIES.put(used)));
    new RuleRow(
            "RegisterTaskDefinition",
            "{\"family\": \"f\", \"containerDefinitions\": [{" + APP + "}]}",
            "LimitExceededException: The limit of 1000000 revisions of a task definition family is"
                + " reached.")
        .check(world);
  }
}
