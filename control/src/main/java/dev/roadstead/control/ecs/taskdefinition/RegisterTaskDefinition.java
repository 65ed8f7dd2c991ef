package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.Family;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.taskdefinition.rule.Draft;
import dev.roadstead.control.ecs.taskdefinition.rule.Rules;
import dev.roadstead.engine.root.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;

/// Stores a new revision. Numbers count up per family and are never used again, also not after
/// everything in the family is gone. Source: ECS API reference, RegisterTaskDefinition.
public final class RegisterTaskDefinition
    implements Write<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse> {
  /// Source: ECS developer guide, "Service quotas": revisions per family.
  static final int REVISION_MAX = 1_000_000;

  /// Source: ECS developer guide, "Service quotas": task definition size, 64 KiB.
  static final int BYTES_MAX = 64 << 10;

  @Override
  public Decision<RegisterTaskDefinitionResponse> decide(
      State state, RegisterTaskDefinitionRequest request, Call call) {
    Scope scope = call.scope();
    Draft draft = Draft.of(request);
    Rules.check(draft);
    List<Tag> tags = Tags.accept(request.tags());
    Compatibilities.check(draft);
    Family family = next(state, scope, request.family());
    TaskDefinition row = row(draft, family, tags, call);
    RegisterTaskDefinitionResponse.Builder answer =
        RegisterTaskDefinitionResponse.builder().taskDefinition(TaskDefinitionShape.of(row));
    if (!tags.isEmpty()) {
      answer.tags(Tags.toModel(tags));
    }
    return new Decision<>(
        List.of(TaskDefinitions.FAMILIES.put(family), TaskDefinitions.put(row)), answer.build());
  }

  private static Family next(State state, Scope scope, String name) {
    Family before = state.find(TaskDefinitions.FAMILIES, scope.key(name));
    int revision = before == null ? 1 : before.lastRevision() + 1;
    if (revision > REVISION_MAX) {
      throw EcsErrors.of(
          "LimitExceededException",
          "The limit of " + REVISION_MAX + " revisions of a task definition family is reached.");
    }
    return new Family(scope.account(), scope.region(), name, revision);
  }

  /// The row of a draft that keeps the rules.
  static TaskDefinition row(Draft draft, Family family, List<Tag> tags, Call call) {
    software.amazon.awssdk.services.ecs.model.TaskDefinition whole =
        Defaults.filled(draft, call.scope().account());
    String document = TaskDefinitionShape.documentOf(whole);
    checkSize(document);
    return TaskDefinitionBuilder.builder()
        .account(family.account())
        .region(family.region())
        .family(family.name())
        .revision(family.lastRevision())
        .status(TaskDefinition.ACTIVE)
        .document(document)
        .containers(ContainerSpecs.of(whole.containerDefinitions()))
        .networkMode(draft.request().networkModeAsString())
        .cpuUnits(draft.cpuUnits())
        .memoryMib(draft.memoryMib())
        .placementConstraints(
            draft.request().placementConstraints().stream()
                .map(TaskDefinitionPlacementConstraint::expression)
                .toList())
        .requiresAttributes(RequiredAttributes.of(draft))
        .compatibilities(Compatibilities.of(draft))
        .tags(tags)
        .registeredAt(call.now())
        .registeredBy(call.caller().principalArn())
        .build();
  }

  private static void checkSize(String document) {
    int bytes = document.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_MAX) {
      throw EcsErrors.client(
          "Actual length: '" + bytes + "'. Max allowed length is '" + BYTES_MAX + "' bytes.");
    }
  }
}
