package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Shortfall;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Why one more task has no room, as placement itself says it: the nearest miss with its numbers,
/// and of every cause how many instances it strikes.
final class Shortages {
  private static final String CAPABILITY = "ecs.capability.";
  private static final String NEEDS = "needs attribute ";

  private final Look look;
  private final Asked asked;
  private final List<ContainerInstance> all = new ArrayList<>();

  /// @param clusterKey key of the cluster's row
  /// @param provider whose instances count; null for all of the cluster
  /// @param choice what placement answers to one task
  /// @param subject what is asked about
  record Asked(
      String clusterKey,
      @Nullable String provider,
      Choice choice,
      String subject,
      @Nullable Instant since) {}

  private Shortages(Look look, Asked asked) {
    this.look = look;
    this.asked = asked;
  }

  /// Null when an instance has room.
  static @Nullable Finding of(Look look, Asked asked) {
    return asked.choice().chosen().isEmpty() ? new Shortages(look, asked).finding() : null;
  }

  private Finding finding() {
    State state = look.state();
    int others = 0;
    for (String key : state.keys(ContainerInstances.REGISTERED_BY_CLUSTER, asked.clusterKey())) {
      ContainerInstance one = state.get(ContainerInstances.TABLE, key);
      if (asked.provider() == null || asked.provider().equals(one.capacityProviderName())) {
        all.add(one);
      } else {
        others++;
      }
    }
    if (all.isEmpty() && asked.provider() == null) {
      return found(Reason.NO_INSTANCE, List.of("0 instances in the cluster"));
    }
    if (all.isEmpty()) {
      String joined = "0 of " + others + " instances have joined " + asked.provider();
      return found(Reason.PROVIDER_EMPTY, List.of(joined));
    }
    List<Veto> vetoes = asked.choice().vetoes();
    Veto nearest = Veto.closest(vetoes);
    return nearest == null ? noneActive() : missed(vetoes, nearest);
  }

  private Finding noneActive() {
    ContainerInstance first = all.getFirst();
    return new Finding(
        Reason.NONE_ACTIVE,
        asked.subject(),
        List.of(
            "0 of %d instances are ACTIVE; %s is %s"
                .formatted(all.size(), first.id(), first.status())),
        asked.since(),
        "Set " + first.id() + " to ACTIVE, or add one.");
  }

  private Finding missed(List<Veto> vetoes, Veto nearest) {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "nearest of %d instances, %s: %s"
            .formatted(vetoes.size(), nearest.instance().id(), nearest.detail()));
    List<Shortfall> shortfalls = asked.choice().shortfalls();
    for (Shortfall one : shortfalls) {
      evidence.add(
          "%s strikes %d of %d instances; nearest is %s: %s"
              .formatted(
                  reason(one).code(),
                  one.count(),
                  vetoes.size(),
                  one.instance().id(),
                  one.detail()));
    }
    if (all.size() > vetoes.size()) {
      evidence.add((all.size() - vetoes.size()) + " more instances are not ACTIVE");
    }
    Shortfall main =
        shortfalls.stream()
            .filter(one -> one.cause().reason().equals(nearest.reason()))
            .findFirst()
            .orElseThrow();
    return new Finding(
        reason(main), asked.subject(), evidence, asked.since(), change(main, nearest));
  }

  private static Reason reason(Shortfall one) {
    return switch (one.cause()) {
      case AGENT -> Reason.AGENT_AWAY;
      case CPU -> Reason.NO_CPU;
      case MEMORY -> Reason.NO_MEMORY;
      case GPU -> Reason.NO_GPU;
      case PORTS -> Reason.PORT_IN_USE;
      case ATTRIBUTE ->
          one.detail().contains(CAPABILITY) ? Reason.CAPABILITY_MISSING : Reason.ATTRIBUTE_MISSING;
      case DISTINCT_INSTANCE -> Reason.DISTINCT_INSTANCE;
      case MEMBER_OF -> Reason.CONSTRAINT_UNMET;
    };
  }

  /// The smallest change: as little as the nearest miss lacks.
  private String change(Shortfall main, Veto nearest) {
    String id = nearest.instance().id();
    return switch (main.cause()) {
      case AGENT -> "Start the agent of " + id + ", or reach it.";
      case CPU -> amount(main, "CPU units", ContainerInstance::cpuUnits);
      case MEMORY -> amount(main, "MiB of memory", ContainerInstance::memoryMib);
      case GPU -> amount(main, "GPUs", one -> one.gpuIds().size());
      case PORTS -> "Use host port 0, free the port on " + id + ", or add an instance.";
      case ATTRIBUTE -> attribute(main, id);
      case DISTINCT_INSTANCE ->
          "Add an instance: each of the %d has a task of the group.".formatted(main.count());
      case MEMBER_OF -> "Change the constraint, or an attribute of " + id + ".";
    };
  }

  private String amount(Shortfall main, String unit, ToIntFunction<ContainerInstance> registered) {
    int needed = main.needed() == null ? 0 : main.needed();
    int free = main.nearest() == null ? 0 : main.nearest();
    int largest = all.stream().mapToInt(registered).max().orElse(0);
    if (needed > largest) {
      return largest == 0
          ? "Add an instance with at least %d %s: none here has any.".formatted(needed, unit)
          : "Ask for at most %d %s, or add an instance with at least %d: none here has more."
              .formatted(largest, unit, needed);
    }
    String less = free == 0 ? "" : ", or ask for at most " + free;
    return "Free %d %s on %s, add an instance with at least %d%s."
        .formatted(needed - free, unit, main.instance().id(), needed, less);
  }

  private static String attribute(Shortfall main, String id) {
    String name = main.detail().replaceFirst("^" + NEEDS, "").replaceFirst(",.*$", "");
    return main.detail().contains(CAPABILITY)
        ? "Use an instance whose agent has "
            + name
            + ", or a task definition that does not need it."
        : "Set attribute " + name + " on " + id + ", or use a task definition without it.";
  }

  private Finding found(Reason reason, List<String> evidence) {
    return Finding.of(reason, asked.subject(), evidence, asked.since());
  }
}
