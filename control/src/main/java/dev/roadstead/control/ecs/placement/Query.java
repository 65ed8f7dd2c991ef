package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.InstanceUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of the cluster query language, as `memberOf` constraints and the filter of
/// ListContainerInstances use it. Source: ECS developer guide, "Create expressions to define
/// container instances for Amazon ECS tasks".
///
/// ```
/// expr     := and ( ("||" | "or") and )*
/// and      := unary ( ("&&" | "and") unary )*
/// unary    := ("!" | "not") unary | "(" expr ")" | term
/// term     := subject op [argument]
/// argument := literal | 'quoted' | "quoted" | "[" literal ("," literal)* "]"
/// ```
///
/// A missing attribute equals nothing: `==`, `in` and `=~` are false for it, and each negative form
/// is the opposite of its positive one. `task:group` holds every group with a task on the instance;
/// one that satisfies the positive form is enough.
public sealed interface Query {
  /// Longest expression. Source: ECS API reference, PlacementConstraint.
  int LENGTH_MAX = 2000;

  /// Deepest nesting of parentheses and negations; keeps the parser's stack small.
  int DEPTH_MAX = 50;

  /// What an expression is matched against.
  ///
  /// @param alsoGroup a group that has a task on the instance beside those in `usage`; or null
  record Subject(ContainerInstance instance, InstanceUsage usage, @Nullable String alsoGroup) {
    public Subject(ContainerInstance instance, InstanceUsage usage) {
      this(instance, usage, null);
    }
  }

  /// Parses an expression. Refuses with InvalidParameterException that names the position, counted
  /// from 1, of what could not be understood.
  static Query parse(String expression) {
    return QueryParser.parse(expression);
  }

  boolean matches(Subject subject);

  /// Whether it asks only what all instances of a kind have in common.
  boolean ofKind();

  /// Every part matches.
  record All(List<Query> parts) implements Query {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(Subject subject) {
      for (Query part : parts) {
        if (!part.matches(subject)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean ofKind() {
      return parts.stream().allMatch(Query::ofKind);
    }
  }

  /// At least one part matches.
  record Any(List<Query> parts) implements Query {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(Subject subject) {
      for (Query part : parts) {
        if (part.matches(subject)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean ofKind() {
      return parts.stream().allMatch(Query::ofKind);
    }
  }

  record Not(Query part) implements Query {
    @Override
    public boolean matches(Subject subject) {
      return !part.matches(subject);
    }

    @Override
    public boolean ofKind() {
      return part.ofKind();
    }
  }

  /// The instance has the attribute, with or without a value.
  record Exists(String attribute) implements Query {
    @Override
    public boolean matches(Subject subject) {
      return subject.instance().attribute(attribute) != null;
    }

    @Override
    public boolean ofKind() {
      return true;
    }
  }

  /// Some text of the field passes the test.
  record Texts(Field field, Test test) implements Query {
    @Override
    public boolean matches(Subject subject) {
      return field.any(subject, test);
    }

    @Override
    public boolean ofKind() {
      return field.ofKind();
    }
  }

  /// The number of tasks in status RUNNING.
  record RunningTasks(Comparison comparison, long bound) implements Query {
    @Override
    public boolean matches(Subject subject) {
      return comparison.holds(Long.compare(subject.usage().running(), bound));
    }

    @Override
    public boolean ofKind() {
      return false;
    }
  }

  /// When the instance registered.
  record RegisteredAt(Comparison comparison, TimeBound bound) implements Query {
    @Override
    public boolean matches(Subject subject) {
      return bound.holds(subject.instance().registeredAt(), comparison);
    }

    @Override
    public boolean ofKind() {
      return false;
    }
  }
}
