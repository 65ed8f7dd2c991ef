package dev.roadstead.control.ecs.service;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import java.util.Map;
import java.util.stream.Stream;

/// What the tables of refusals of services share: the world that they are asked in, and how their
/// rows begin.
final class ServiceRules {
  static final Map<String, String> CREATE =
      Map.of(
          "Create",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, %s}",
          "Change",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, %s}",
          "Count",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\", %s}",
          "Definition",
          "CreateService {\"serviceName\": \"new\", \"desiredCount\": 1, %s}",
          "Deployment",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, \"deploymentConfiguration\": {%s}}",
          "Hooks",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, \"deploymentConfiguration\": {\"strategy\": \"CANARY\","
              + " \"lifecycleHooks\": %s}}",
          "Connect",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, \"serviceConnectConfiguration\": {%s}}",
          "Daemon",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"schedulingStrategy\": \"DAEMON\", %s}");

  static final Map<String, String> UPDATE =
      Map.of(
          "Change",
          "UpdateService {\"service\": \"old\", %s}",
          "Count",
          "UpdateService {\"service\": \"old\", %s}",
          "Definition",
          "UpdateService {\"service\": \"old\", %s}",
          "Deployment",
          "UpdateService {\"service\": \"old\", \"deploymentConfiguration\": {%s}}",
          "Hooks",
          "UpdateService {\"service\": \"old\", \"deploymentConfiguration\":"
              + " {\"strategy\": \"CANARY\", \"lifecycleHooks\": %s}}",
          "Connect",
          "UpdateService {\"service\": \"old\", \"serviceConnectConfiguration\": {%s}}");

  private ServiceRules() {}

  /// @param both asked of CreateService and of UpdateService
  static Stream<RuleRow> rows(String both, String table) {
    return Stream.of(
            RuleRow.table(both, CREATE), RuleRow.table(both, UPDATE), RuleRow.table(table, CREATE))
        .flatMap(rows -> rows);
  }

  static World world() {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    register(world, "\"family\": \"web\"");
    register(world, "\"family\": \"web\"");
    RuleRow.perform(world, "DeregisterTaskDefinition {\"taskDefinition\": \"web:1\"}");
    register(world, "\"family\": \"net\", \"networkMode\": \"awsvpc\"");
    create(world, "old", ", \"desiredCount\": 1, \"clientToken\": \"used\"");
    create(world, "everywhere", ", \"schedulingStrategy\": \"DAEMON\"");
    create(world, "ending", ", \"desiredCount\": 0");
    RuleRow.perform(world, "DeleteService {\"service\": \"ending\"}");
    create(world, "rolling", ", \"desiredCount\": 0");
    RuleRow.perform(
        world, "UpdateService {\"service\": \"rolling\", \"forceNewDeployment\": true}");
    return world;
  }

  private static void register(World world, String members) {
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {"
            + members
            + ", \"volumes\": [{\"name\": \"data\"}], \"containerDefinitions\": [{\"name\": \"a\","
            + "\"image\": \"b\", \"memory\": 9,"
            + "\"portMappings\": [{\"containerPort\": 80, \"name\": \"http\"}]}]}");
  }

  private static void create(World world, String name, String members) {
    RuleRow.perform(
        world,
        "CreateService {\"serviceName\": \""
            + name
            + "\", \"taskDefinition\": \"web\""
            + members
            + "}");
  }
}
