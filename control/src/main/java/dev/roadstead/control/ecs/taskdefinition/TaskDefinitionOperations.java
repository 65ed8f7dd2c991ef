package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/// The operations of task definitions.
public final class TaskDefinitionOperations {
  private TaskDefinitionOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.of(
            "RegisterTaskDefinition",
            RegisterTaskDefinitionRequest::builder,
            new RegisterTaskDefinition()),
        Entry.of(
            "DescribeTaskDefinition",
            DescribeTaskDefinitionRequest::builder,
            new DescribeTaskDefinition()),
        Entry.of(
            "DeregisterTaskDefinition",
            DeregisterTaskDefinitionRequest::builder,
            new DeregisterTaskDefinition()));
  }
}
