package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.base.Arn;
import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.Secret;

/// The rules of secrets, credentials and environment files. Source: ECS API reference, Secret,
/// RepositoryCredentials and EnvironmentFile.
final class SecretRules {
  /// Source: ECS API reference, ContainerDefinition, `environmentFiles`.
  private static final int FILES_MAX = 10;

  private SecretRules() {}

  static void check(ContainerDefinition container, Draft draft) {
    checkEach(container.secrets(), draft);
    if (container.logConfiguration() != null) {
      checkEach(container.logConfiguration().secretOptions(), draft);
    }
    checkNames(container);
    checkCredentials(container, draft);
    if (container.environmentFiles().size() > FILES_MAX) {
      throw EcsErrors.client(
          "The maximum number of environment files was exceeded. Specify ten or less and try"
              + " again");
    }
    container.environmentFiles().forEach(SecretRules::checkFile);
  }

  private static void checkEach(List<Secret> secrets, Draft draft) {
    for (Secret secret : secrets) {
      if (ContainerRules.anyBlank(Arrays.asList(secret.name(), secret.valueFrom()))) {
        throw EcsErrors.client("Secret.name and Secret.valueFrom should not be null or empty.");
      }
      if (draft.request().executionRoleArn() == null) {
        throw EcsErrors.client(
            "When you are specifying container secrets, you must also specify a value for"
                + " 'executionRoleArn'");
      }
    }
  }

  private static void checkNames(ContainerDefinition container) {
    Set<String> names = new HashSet<>();
    container.environment().forEach(variable -> names.add(variable.name()));
    for (Secret secret : container.secrets()) {
      if (!names.add(secret.name())) {
        throw EcsErrors.client(
            "The secret name must be unique and not shared with any new or existing environment"
                + " variables set on the container, such as '"
                + secret.name()
                + "'.");
      }
    }
  }

  private static void checkCredentials(ContainerDefinition container, Draft draft) {
    if (container.repositoryCredentials() == null) {
      return;
    }
    String parameter = container.repositoryCredentials().credentialsParameter();
    if (parameter == null || parameter.isEmpty()) {
      throw EcsErrors.client(
          "RepositoryCredentials.credentialsParameter should not be null or empty.");
    }
    if (draft.request().executionRoleArn() == null) {
      throw EcsErrors.client(
          "When you are specifying repository credentials, you must also specify a value for"
              + " 'executionRoleArn'");
    }
  }

  private static void checkFile(EnvironmentFile file) {
    Arn arn = Arn.parse(file.value());
    if (arn == null || !arn.service().equals("s3") || arn.resourcePath().isEmpty()) {
      throw EcsErrors.client("Invalid arn syntax");
    }
    if (file.typeAsString() == null) {
      throw EcsErrors.client("EnvironmentFile.type should not be null or empty.");
    }
  }
}
