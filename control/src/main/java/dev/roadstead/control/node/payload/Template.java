package dev.roadstead.control.node.payload;

import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;

/// A task definition read from its row. The same for every task of a revision, so whoever builds
/// many payloads keeps them.
public record Template(
    TaskDefinition row, software.amazon.awssdk.services.ecs.model.TaskDefinition model) {
  /// Where templates come from.
  @FunctionalInterface
  public interface Source {
    Template of(TaskDefinition row);
  }

  public static Template read(TaskDefinition row) {
    return new Template(
        row,
        JsonShapes.read(
            row.document().getBytes(StandardCharsets.UTF_8),
            software.amazon.awssdk.services.ecs.model.TaskDefinition.builder()));
  }
}
