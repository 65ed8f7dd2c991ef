package dev.roadstead.control.node.payload;

import dev.roadstead.base.Arn;
import dev.roadstead.link.task.Container;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// How the agent logs in to the registry of an image. Source: ECR user guide, "Private registry
/// authentication", for the names of registries.
final class RegistryLogins {
  private static final Pattern ECR =
      Pattern.compile("(\\d{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com.*");

  private RegistryLogins() {}

  /// Null when the registry needs no login, or the agent's own.
  static Container.@Nullable RegistryAuthentication of(
      ContainerDefinition from, String region, boolean executionRole) {
    if (from.repositoryCredentials() != null
        && from.repositoryCredentials().credentialsParameter() != null) {
      String parameter = from.repositoryCredentials().credentialsParameter();
      return new Container.RegistryAuthentication(
          "asm",
          null,
          new Container.AsmAuthData(parameter, Secrets.regionOf(Arn.parse(parameter), region)));
    }
    Matcher ecr = ECR.matcher(from.image() == null ? "" : from.image());
    if (!ecr.matches()) {
      return null;
    }
    return new Container.RegistryAuthentication(
        "ecr", new Container.EcrAuthData(ecr.group(1), ecr.group(2), null, executionRole), null);
  }
}
