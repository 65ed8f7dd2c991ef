package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.engine.root.State;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the task definition that a caller names: `family` (its latest ACTIVE revision),
/// `family:revision` or an ARN.
public final class TaskDefinitionLookup {
  private static final String RESOURCE = "task-definition/";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private TaskDefinitionLookup() {}

  /// A name taken apart.
  ///
  /// @param family empty when it is an ARN of something else, of another account or region
  /// @param revision null when none was given
  record Reference(String family, @Nullable Integer revision) {}

  /// The revision meant, of any status. Refuses an unknown one with ClientException and a bad
  /// revision with InvalidParameterException.
  static TaskDefinition requireAny(State state, Scope scope, @Nullable String name) {
    TaskDefinition found = find(state, scope, name);
    if (found == null) {
      throw EcsErrors.client("Unable to describe task definition.");
    }
    return found;
  }

  /// The revision meant, for starting something new from it: it must be ACTIVE. Refuses as RunTask,
  /// CreateService and UpdateService do, with ClientException.
  public static TaskDefinition require(State state, Scope scope, @Nullable String name) {
    TaskDefinition found = find(state, scope, name);
    if (found == null) {
      throw EcsErrors.client("TaskDefinition not found.");
    }
    if (!found.active()) {
      throw EcsErrors.client("TaskDefinition is inactive");
    }
    return found;
  }

  /// As {@link #requireAny}, for operations that do not take a family alone.
  static TaskDefinition requireRevision(State state, Scope scope, @Nullable String name) {
    if (reference(scope, name).revision() == null) {
      throw EcsErrors.client("Revision is missing.");
    }
    return requireAny(state, scope, name);
  }

  /// The revision that an ARN or `family:revision` names; null when there is none, or no revision
  /// is named.
  public static @Nullable TaskDefinition findRevision(State state, Scope scope, String name) {
    return reference(scope, name).revision() == null ? null : find(state, scope, name);
  }

  /// The revision meant, or null.
  public static @Nullable TaskDefinition find(State state, Scope scope, @Nullable String name) {
    Reference reference = reference(scope, name);
    Integer revision = reference.revision();
    if (revision != null) {
      String key = TaskDefinitions.key(scope, reference.family(), revision);
      return state.find(TaskDefinitions.TABLE, key);
    }
    List<String> active =
        state.keys(TaskDefinitions.ACTIVE_BY_FAMILY, scope.key(reference.family()));
    return active.isEmpty() ? null : state.find(TaskDefinitions.TABLE, active.getLast());
  }

  /// Takes a name apart. Refuses a revision that is no number from 1.
  static Reference reference(Scope scope, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw EcsErrors.invalidParameter("TaskDefinition can not be blank.");
    }
    String resource = name;
    Arn arn = Arn.parse(name);
    if (arn != null) {
      if (!arn.service().equals("ecs")
          || !arn.account().equals(scope.account())
          || !arn.region().equals(scope.region())
          || !arn.resource().startsWith(RESOURCE)) {
        return new Reference("", null);
      }
      resource = arn.resource().substring(RESOURCE.length());
    }
    int colon = resource.indexOf(':');
    if (colon < 0) {
      return new Reference(resource, null);
    }
    return new Reference(resource.substring(0, colon), revision(resource.substring(colon + 1)));
  }

  private static int revision(String text) {
    if (text.isEmpty()) {
      throw EcsErrors.invalidParameter("Revision is missing.");
    }
    if (NUMBER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw EcsErrors.invalidParameter("Invalid revision number. Number: " + text);
  }
}
