package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;

/// Reads the placement constraints of a request. Source: ECS API reference, PlacementConstraint;
/// texts as observed from the service.
public final class Constraints {
  /// The AWS limit, for those of the task definition and of the request together.
  public static final int MAX = 10;

  private Constraints() {}

  /// Refuses with InvalidParameterException what ECS refuses, expressions that are not valid among
  /// it.
  public static List<Constraint> of(List<PlacementConstraint> given) {
    if (given.size() > MAX) {
      throw EcsErrors.invalidParameter("Maximum number of constraints is " + MAX);
    }
    List<Constraint> constraints = new ArrayList<>(given.size());
    for (PlacementConstraint constraint : given) {
      constraints.add(one(constraint));
    }
    return constraints;
  }

  /// Those of a request for tasks of that definition, whose own count towards the limit.
  public static List<Constraint> of(List<PlacementConstraint> given, TaskDefinition definition) {
    if (given.size() + definition.placementConstraints().size() > MAX) {
      throw EcsErrors.invalidParameter("Maximum number of constraints is " + MAX);
    }
    return of(given);
  }

  private static Constraint one(PlacementConstraint constraint) {
    String expression = constraint.expression() == null ? "" : constraint.expression();
    String type = constraint.typeAsString() == null ? "" : constraint.typeAsString();
    return switch (type) {
      case "distinctInstance" -> {
        if (!expression.isEmpty()) {
          throw EcsErrors.invalidParameter("distinctInstance expression should not be specified");
        }
        yield new Constraint.DistinctInstance();
      }
      case "memberOf" -> {
        if (expression.isBlank()) {
          throw EcsErrors.invalidParameter("memberOf expression should be specified");
        }
        Query.parse(expression);
        yield new Constraint.MemberOf(expression);
      }
      default ->
          throw EcsErrors.invalidParameter(type + " should be one of [distinctInstance,memberOf]");
    };
  }
}
