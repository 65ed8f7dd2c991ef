package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.api.EcsErrors;
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
    return of(given, List.of());
  }

  /// Those of a request together with those of its task definition.
  ///
  /// @param memberOf expressions of the task definition, valid already
  public static List<Constraint> of(List<PlacementConstraint> given, List<String> memberOf) {
    if (given.size() + memberOf.size() > MAX) {
      throw EcsErrors.invalidParameter("Maximum number of constraints is " + MAX);
    }
    List<Constraint> constraints = new ArrayList<>(given.size() + memberOf.size());
    for (PlacementConstraint constraint : given) {
      constraints.add(one(constraint));
    }
    for (String expression : memberOf) {
      constraints.add(new Constraint.MemberOf(expression));
    }
    return constraints;
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
