package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
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
            new DeregisterTaskDefinition()),
        Entry.of(
            "ListTaskDefinitions", ListTaskDefinitionsRequest::builder, new ListTaskDefinitions()),
        Entry.of(
            "ListTaskDefinitionFamilies",
            ListTaskDefinitionFamiliesRequest::builder,
            new ListTaskDefinitionFamilies()),
        Entry.of(
            "DeleteTaskDefinitions",
            DeleteTaskDefinitionsRequest::builder,
            new DeleteTaskDefinitions()));
  }
}
