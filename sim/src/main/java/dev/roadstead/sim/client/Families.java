package dev.roadstead.sim.client;

import dev.roadstead.sim.time.Chance;
import java.util.List;

/// Task definitions whose images say how their containers behave.
final class Families {
  static final List<String> ALL =
      List.of(
          "steady", "brief", "deaf", "greedy", "sick", "absent", "heavy", "broken", "port", "twin",
          "again");

  private final Chance chance;

  Families(Chance chance) {
    this.chance = chance;
  }

  String any() {
    return chance.oneOf(ALL);
  }

  /// Mostly one that a service can run.
  String serving() {
    return chance.in100(75) ? chance.oneOf("steady", "steady", "deaf", "sick", "port") : any();
  }

  String definition(String family) {
    return "{'family':'%s','containerDefinitions':[%s]}".formatted(family, containers(family));
  }

  private static String containers(String family) {
    return switch (family) {
      case "sick" ->
          "{'name':'a','image':'sick:1','cpu':128,'memory':100,"
              + "'healthCheck':{'command':['CMD','true']}}";
      case "port" ->
          "{'name':'a','image':'steady:2','cpu':128,'memory':64,"
              + "'portMappings':[{'containerPort':80,'hostPort':8080}]}";
      case "twin" ->
          "{'name':'a','image':'steady:3','cpu':300,'memory':300,"
              + "'dependsOn':[{'containerName':'b','condition':'START'}]},"
              + "{'name':'b','image':'brief:1','memory':30,'essential':false}";
      case "again" ->
          "{'name':'a','image':'brief:2','cpu':100,'memory':100,"
              + "'restartPolicy':{'enabled':true,'restartAttemptPeriod':60}}";
      default -> "{'name':'a','image':'%s:1','cpu':200,'memory':200}".formatted(family);
    };
  }
}
