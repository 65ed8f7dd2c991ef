package dev.roadstead.agent.shell;

import dev.roadstead.agent.engine.EngineInfo;
import dev.roadstead.link.api.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What this agent can do, as attributes that placement matches. Names as Amazon's agent sends
/// them; those under `roadstead.` are our own.
final class Capabilities {
  private static final List<String> ECS =
      List.of(
          "container-ordering",
          "full-sync",
          "container-restart-policy",
          "container-health-check",
          "network.container-port-range",
          "docker-plugin.local",
          "pid-ipc-namespace-sharing",
          "external");
  private static final List<String> AMAZON =
      List.of("privileged-container", "task-iam-role", "task-iam-role-network-host");

  /// Docker API levels of task-definition features. Source: Amazon's agent sends these.
  private static final List<Integer> LEVELS =
      List.of(17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 32);

  /// The address under which others reach this machine.
  static final String ADDRESS = "roadstead.address";

  private Capabilities() {}

  static List<Attribute> of(
      Settings settings, EngineInfo engine, @Nullable String advertisedAddress) {
    var all = new ArrayList<Attribute>();
    ECS.forEach(name -> all.add(new Attribute("ecs.capability." + name, null)));
    AMAZON.forEach(name -> all.add(new Attribute("com.amazonaws.ecs.capability." + name, null)));
    for (int level : LEVELS) {
      all.add(new Attribute("com.amazonaws.ecs.capability.docker-remote-api.1." + level, null));
    }
    for (String driver : settings.logDrivers()) {
      if (driver.equals("none") || engine.logDrivers().contains(driver)) {
        all.add(new Attribute("com.amazonaws.ecs.capability.logging-driver." + driver, null));
      }
    }
    all.add(new Attribute("ecs.os-type", "linux"));
    all.add(new Attribute("ecs.os-family", "LINUX"));
    all.add(new Attribute("ecs.cpu-architecture", architecture()));
    if (advertisedAddress != null) {
      all.add(new Attribute(ADDRESS, advertisedAddress));
    }
    return all;
  }

  /// Limits of tasks as a whole.
  static List<Attribute> taskLimits() {
    return List.of(
        new Attribute("ecs.capability.task-cpu-mem-limit", null),
        new Attribute("ecs.capability.increased-task-cpu-limit", null));
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") ? "arm64" : "x86_64";
  }
}
