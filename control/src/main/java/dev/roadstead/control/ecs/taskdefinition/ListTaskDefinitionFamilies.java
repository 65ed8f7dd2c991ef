package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ModelEnums;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Family;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.engine.root.State;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;

/// Lists families that have a revision left, by name. ACTIVE ones have an ACTIVE revision, INACTIVE
/// ones have none. Source: ECS API reference, ListTaskDefinitionFamilies.
public final class ListTaskDefinitionFamilies
    implements Read<ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse> {
  @Override
  public ListTaskDefinitionFamiliesResponse answer(
      State state, ListTaskDefinitionFamiliesRequest request, Call call) {
    ModelEnums.check(request);
    Scope scope = call.scope();
    String prefix = request.familyPrefix() == null ? "" : request.familyPrefix();
    TaskDefinitionFamilyStatus status =
        request.status() == null ? TaskDefinitionFamilyStatus.ALL : request.status();
    List<String> names =
        state.rows(TaskDefinitions.FAMILIES_BY_SCOPE, scope.key()).stream()
            .filter(family -> family.name().startsWith(prefix) && is(state, family, status))
            .map(Family::name)
            .toList();
    Page<String> page =
        Paging.page(
            names,
            Function.identity(),
            Paging.Ask.of(
                "ListTaskDefinitionFamilies|" + prefix + "|" + status,
                request.maxResults(),
                request.nextToken()));
    return ListTaskDefinitionFamiliesResponse.builder()
        .families(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean is(State state, Family family, TaskDefinitionFamilyStatus status) {
    if (state.count(TaskDefinitions.BY_FAMILY, family.key()) == 0) {
      return false;
    }
    boolean active = state.count(TaskDefinitions.ACTIVE_BY_FAMILY, family.key()) > 0;
    return switch (status) {
      case ACTIVE -> active;
      case INACTIVE -> !active;
      case ALL, UNKNOWN_TO_SDK_VERSION -> true;
    };
  }
}
