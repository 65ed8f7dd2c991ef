package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraintType;

/// A revision between its row and the model's shape.
public final class TaskDefinitionShape {
  private TaskDefinitionShape() {}

  /// The shape that answers show.
  public static software.amazon.awssdk.services.ecs.model.TaskDefinition of(TaskDefinition row) {
    return document(row).toBuilder()
        .taskDefinitionArn(row.arn())
        .family(row.family())
        .revision(row.revision())
        .status(row.status())
        .networkMode(row.networkMode())
        .cpu(text(row.cpuUnits()))
        .memory(text(row.memoryMib()))
        .placementConstraints(constraints(row))
        .requiresAttributes(attributes(row))
        .compatibilitiesWithStrings(row.compatibilities())
        .registeredAt(row.registeredAt())
        .registeredBy(row.registeredBy())
        .deregisteredAt(row.deregisteredAt())
        .deleteRequestedAt(row.deleteRequestedAt())
        .build();
  }

  /// The stored document alone: container definitions, volumes and the other members that have no
  /// component of their own.
  public static software.amazon.awssdk.services.ecs.model.TaskDefinition document(
      TaskDefinition row) {
    byte[] json = row.document().getBytes(StandardCharsets.UTF_8);
    return JsonShapes.read(
        json, software.amazon.awssdk.services.ecs.model.TaskDefinition.builder());
  }

  /// The document of a whole shape: without the members that the row has components for.
  static String documentOf(software.amazon.awssdk.services.ecs.model.TaskDefinition whole) {
    List<TaskDefinitionPlacementConstraint> none = null;
    byte[] json =
        JsonShapes.write(
            whole.toBuilder()
                .family(null)
                .networkMode((String) null)
                .cpu(null)
                .memory(null)
                .placementConstraints(none)
                .build());
    return new String(json, StandardCharsets.UTF_8);
  }

  private static List<TaskDefinitionPlacementConstraint> constraints(TaskDefinition row) {
    return row.placementConstraints().stream()
        .map(
            expression ->
                TaskDefinitionPlacementConstraint.builder()
                    .type(TaskDefinitionPlacementConstraintType.MEMBER_OF)
                    .expression(expression)
                    .build())
        .toList();
  }

  private static List<Attribute> attributes(TaskDefinition row) {
    return row.requiresAttributes().stream()
        .filter(attribute -> !RequiredAttributes.hidden(attribute.name()))
        .map(one -> Attribute.builder().name(one.name()).value(one.value()).build())
        .toList();
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }
}
