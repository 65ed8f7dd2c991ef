package dev.roadstead.control.ecs.taskdefinition.rule;

import java.util.regex.Pattern;

/// What the name of an image tells.
public final class Images {
  private static final Pattern ECR =
      Pattern.compile(
          "[0-9]{12}\\.dkr[.-]ecr(-fips)?\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?|on\\.aws)/.+");

  private Images() {}

  /// Whether it is in a private registry of Amazon ECR.
  public static boolean inEcr(String image) {
    return ECR.matcher(image).matches();
  }
}
