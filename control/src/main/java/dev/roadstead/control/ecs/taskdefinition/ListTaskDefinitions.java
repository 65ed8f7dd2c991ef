package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ModelEnums;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Index;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;

/// Lists revisions of one status by family and number. `familyPrefix` is a whole family's name.
/// Source: ECS API reference, ListTaskDefinitions.
public final class ListTaskDefinitions
    implements Read<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse> {
  @Override
  public ListTaskDefinitionsResponse answer(
      State state, ListTaskDefinitionsRequest request, Call call) {
    ModelEnums.check(request);
    String status =
        request.statusAsString() == null ? TaskDefinition.ACTIVE : request.statusAsString();
    boolean descending = request.sort() == SortOrder.DESC;
    Comparator<TaskDefinition> order = Comparator.comparing(ListTaskDefinitions::key);
    List<TaskDefinition> rows =
        rows(state, call.scope(), request.familyPrefix(), status).stream()
            .filter(row -> row.status().equals(status))
            .sorted(descending ? order.reversed() : order)
            .toList();
    Paging.Ask ask =
        Paging.Ask.of(
            "ListTaskDefinitions|" + request.familyPrefix() + "|" + status,
            request.maxResults(),
            request.nextToken());
    Page<TaskDefinition> page =
        descending
            ? Paging.pageDescending(rows, ListTaskDefinitions::key, ask)
            : Paging.page(rows, ListTaskDefinitions::key, ask);
    return ListTaskDefinitionsResponse.builder()
        .taskDefinitionArns(page.items().stream().map(TaskDefinition::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static List<TaskDefinition> rows(
      State state, Scope scope, @Nullable String family, String status) {
    if (family == null || family.isEmpty()) {
      return state.rows(TaskDefinitions.BY_SCOPE, scope.key());
    }
    Index<TaskDefinition> index =
        status.equals(TaskDefinition.ACTIVE)
            ? TaskDefinitions.ACTIVE_BY_FAMILY
            : TaskDefinitions.BY_FAMILY;
    return state.rows(index, scope.key(family));
  }

  /// Sorts by family, then by number: a space comes before every character of a name.
  private static String key(TaskDefinition row) {
    return row.family() + String.format(Locale.ROOT, " %010d", row.revision());
  }
}
