package dev.roadstead.e2e;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/// Tasks as tests make and watch them.
///
/// @param ecs the client
record Tasks(EcsClient ecs) {
  static final Duration SOON = Duration.ofMinutes(1);

  /// A container of a shell command.
  static ContainerDefinition shell(String command) {
    return ContainerDefinition.builder()
        .name("main")
        .image(Harness.IMAGE)
        .memory(32)
        .command("/bin/sh", "-c", command)
        .build();
  }

  String define(String family, Consumer<RegisterTaskDefinitionRequest.Builder> definition) {
    return ecs.registerTaskDefinition(
            request -> {
              request.family(family);
              definition.accept(request);
            })
        .taskDefinition()
        .taskDefinitionArn();
  }

  String run(String family, Consumer<RegisterTaskDefinitionRequest.Builder> definition) {
    String arn = define(family, definition);
    RunTaskResponse answer = ecs.runTask(request -> request.taskDefinition(arn));
    if (!answer.failures().isEmpty()) {
      throw new AssertionError(answer.failures().toString());
    }
    return answer.tasks().getFirst().taskArn();
  }

  Task describe(String arn) {
    return ecs.describeTasks(request -> request.tasks(arn)).tasks().getFirst();
  }

  Task await(String arn, String what, Predicate<Task> condition) {
    Shell.await(arn + ": " + what, SOON, () -> condition.test(describe(arn)));
    return describe(arn);
  }

  Task awaitStatus(String arn, String status) {
    return await(arn, status, task -> task.lastStatus().equals(status));
  }
}
