package dev.roadstead.control.ecs.table;

import java.util.List;

/// What a DAEMON service needs on each instance where it belongs, so that others leave it there.
///
/// @param external whether it belongs only on instances with `ecs.capability.external`
/// @param requires attributes that its task definition needs
/// @param expressions of the cluster query language, all of which must match
public record DaemonRoom(
    Reservation reservation, boolean external, List<Attribute> requires, List<String> expressions) {
  public DaemonRoom {
    requires = requires == null ? List.of() : List.copyOf(requires);
    expressions = expressions == null ? List.of() : List.copyOf(expressions);
  }
}
