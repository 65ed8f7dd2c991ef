package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.api.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/// Marks INACTIVE revisions for deletion; {@link TaskDefinitionReaper} forgets them once nothing
/// refers to them. Source: ECS API reference, DeleteTaskDefinitions.
public final class DeleteTaskDefinitions
    implements Write<DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse> {
  private static final int MAX = 10;

  private static final String INVALID =
      "The specified task definition identifier is invalid. Specify a valid name or ARN and try"
          + " again.";
  private static final String MISSING =
      "The specified task definition does not exist. Specify a valid account, family, revision and"
          + " try again.";
  private static final String STILL_ACTIVE =
      "The specified task definition is still in ACTIVE status. Please deregister the target and"
          + " try again.";

  @Override
  public Decision<DeleteTaskDefinitionsResponse> decide(
      State state, DeleteTaskDefinitionsRequest request, Call call) {
    if (request.taskDefinitions().isEmpty()) {
      throw EcsErrors.invalidParameter(
          "size of TaskDefinition references list must be greater than 0");
    }
    if (request.taskDefinitions().size() > MAX) {
      throw EcsErrors.invalidParameter(
          "Size of TaskDefinition references list cannot exceed " + MAX);
    }
    SequencedMap<String, TaskDefinition> deleted = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (String name : request.taskDefinitions()) {
      TaskDefinition before = find(state, call.scope(), name);
      String wrong = wrong(before, call.scope(), name);
      if (before == null || wrong != null) {
        failures.add(Failure.builder().arn(name).reason(wrong).build());
      } else if (!deleted.containsKey(before.key())) {
        deleted.put(before.key(), marked(before, call, changes));
      }
    }
    return new Decision<>(
        changes,
        DeleteTaskDefinitionsResponse.builder()
            .taskDefinitions(
                deleted.sequencedValues().stream().map(TaskDefinitionShape::of).toList())
            .failures(failures)
            .build());
  }

  private static @Nullable TaskDefinition find(State state, Scope scope, String name) {
    return valid(scope, name) ? TaskDefinitionLookup.find(state, scope, name) : null;
  }

  private static @Nullable String wrong(@Nullable TaskDefinition row, Scope scope, String name) {
    if (row == null) {
      return valid(scope, name) ? MISSING : INVALID;
    }
    return row.active() ? STILL_ACTIVE : null;
  }

  private static boolean valid(Scope scope, String name) {
    try {
      TaskDefinitionLookup.Reference reference = TaskDefinitionLookup.reference(scope, name);
      return reference.revision() != null || reference.family().isEmpty();
    } catch (Refusal _) {
      return false;
    }
  }

  private static TaskDefinition marked(TaskDefinition before, Call call, List<Change> changes) {
    if (before.status().equals(TaskDefinition.DELETE_IN_PROGRESS)) {
      return before;
    }
    TaskDefinition after =
        TaskDefinitionBuilder.builder(before)
            .status(TaskDefinition.DELETE_IN_PROGRESS)
            .deleteRequestedAt(call.now())
            .build();
    changes.add(TaskDefinitions.put(after));
    return after;
  }
}
