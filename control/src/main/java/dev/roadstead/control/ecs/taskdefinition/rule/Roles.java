package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.base.Arn;
import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Roles, given by name or ARN. Source: IAM user guide, "IAM and STS quotas", names of roles.
public final class Roles {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@/-]{1,577}");

  private Roles() {}

  /// The role's ARN; null when none was given.
  public static @Nullable String arn(@Nullable String nameOrArn, String account) {
    if (nameOrArn == null || Arn.looksLikeOne(nameOrArn)) {
      return nameOrArn;
    }
    String path = nameOrArn.startsWith("/") ? nameOrArn.substring(1) : nameOrArn;
    return "arn:aws:iam::" + account + ":role/" + path;
  }

  static void check(@Nullable String nameOrArn) {
    if (nameOrArn == null) {
      return;
    }
    if (Arn.looksLikeOne(nameOrArn)) {
      Arn arn = Arn.parse(nameOrArn);
      if (arn == null
          || !arn.service().equals("iam")
          || !arn.resourceType().equals("role")
          || arn.resourcePath().isEmpty()) {
        throw EcsErrors.client("Role is not valid");
      }
    } else if (!NAME.matcher(nameOrArn).matches()) {
      throw EcsErrors.client("Role is not valid");
    }
  }
}
