package dev.roadstead.control.ecs.taskdefinition.rule;

import static dev.roadstead.control.ecs.taskdefinition.rule.ContainerRules.invalid;
import static dev.roadstead.control.ecs.taskdefinition.rule.ContainerRules.within;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;

/// The rules of health checks, restarts, special resources and security options. Source: ECS API
/// reference, HealthCheck, ContainerRestartPolicy, ResourceRequirement and ContainerDefinition.
final class RuntimeRules {
  private static final List<String> COMMANDS = List.of("CMD", "CMD-SHELL", "NONE");
  private static final int EXIT_CODES_MAX = 50;
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern SECURITY =
      Pattern.compile(
          "no-new-privileges(:true|:false)?|(apparmor|label|credentialspec|seccomp):.+");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(credentialspec|credentialspecdomainless):.+");

  private RuntimeRules() {}

  static void check(ContainerDefinition container, Draft draft) {
    if (container.healthCheck() != null) {
      checkHealth(container.healthCheck(), container);
    }
    if (container.restartPolicy() != null) {
      checkRestarts(container.restartPolicy(), container);
    }
    checkResources(container);
    for (String option : container.dockerSecurityOptions()) {
      if (!SECURITY.matcher(option).matches()) {
        throw invalid("dockerSecurityOptions", container);
      }
    }
    if (container.credentialSpecs().size() > 1
        || container.credentialSpecs().stream()
            .anyMatch(one -> !CREDENTIALS.matcher(one).matches())) {
      throw invalid("credentialSpecs", container);
    }
    if (draft.windows() && container.linuxParameters() != null) {
      throw EcsErrors.client("linuxParameters is not supported for Windows containers.");
    }
  }

  private static void checkHealth(HealthCheck check, ContainerDefinition container) {
    if (check.command().isEmpty()
        || !COMMANDS.contains(check.command().getFirst())
        || (check.command().size() == 1 && !check.command().getFirst().equals("NONE"))) {
      throw invalid("healthCheck.command", container);
    }
    if (!within(check.interval(), 5, 300)) {
      throw invalid("healthCheck.interval", container);
    }
    if (!within(check.timeout(), 2, 60)) {
      throw invalid("healthCheck.timeout", container);
    }
    if (!within(check.retries(), 1, 10)) {
      throw invalid("healthCheck.retries", container);
    }
    if (!within(check.startPeriod(), 0, 300)) {
      throw invalid("healthCheck.startPeriod", container);
    }
  }

  private static void checkRestarts(ContainerRestartPolicy policy, ContainerDefinition container) {
    if (policy.enabled() == null) {
      throw EcsErrors.client("ContainerRestartPolicy.enabled should not be null or empty.");
    }
    if (policy.ignoredExitCodes().size() > EXIT_CODES_MAX) {
      throw invalid("restartPolicy.ignoredExitCodes", container);
    }
    if (!within(policy.restartAttemptPeriod(), 60, 1800)) {
      throw invalid("restartPolicy.restartAttemptPeriod", container);
    }
  }

  private static void checkResources(ContainerDefinition container) {
    Set<ResourceType> seen = new HashSet<>();
    for (ResourceRequirement requirement : container.resourceRequirements()) {
      if (requirement.type() == null || !seen.add(requirement.type())) {
        throw invalid("resourceRequirements.type", container);
      }
      if (requirement.type() == ResourceType.INFERENCE_ACCELERATOR) {
        throw EcsErrors.client("Unsupported resource type 'InferenceAccelerator'");
      }
      if (requirement.value() == null
          || requirement.value().isEmpty()
          || (requirement.type() == ResourceType.GPU
              && !COUNT.matcher(requirement.value()).matches())) {
        throw invalid("resourceRequirements.value", container);
      }
    }
  }
}
