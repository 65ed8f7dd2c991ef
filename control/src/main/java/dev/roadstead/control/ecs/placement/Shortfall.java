package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import org.jspecify.annotations.Nullable;

/// One reason why a task fits nowhere, over all container instances that it struck. An instance may
/// be struck by several.
///
/// @param count instances struck, at least 1
/// @param needed what a task asks, in CPU units, MiB or GPUs; null where the cause is no amount
/// @param nearest the most of it that an instance so struck has free, at least 0; null likewise
/// @param instance the nearest miss: the one with the most free, or else the one that lacks least
///     beside this; among equals the smallest id
/// @param detail the nearest miss in words, with its numbers
public record Shortfall(
    Cause cause,
    int count,
    @Nullable Integer needed,
    @Nullable Integer nearest,
    ContainerInstance instance,
    String detail) {
  /// A rule that an instance can break.
  public enum Cause {
    AGENT(Fit.AGENT),
    CPU(Fit.CPU),
    MEMORY(Fit.MEMORY),
    GPU(Fit.GPU),
    PORTS(Fit.PORTS),
    ATTRIBUTE(Fit.ATTRIBUTE),
    DISTINCT_INSTANCE(Fit.DISTINCT),
    MEMBER_OF(Fit.MEMBER);

    /// Its bit in a set of broken rules.
    final int rule;

    Cause(int rule) {
      this.rule = rule;
    }

    /// As in `failures[].reason`.
    public String reason() {
      return Reasons.reason(rule);
    }
  }
}
