package dev.roadstead.link.acs;

import dev.roadstead.link.task.RoleCredentials;
import org.jspecify.annotations.Nullable;

/// New keys for a credentials id.
/// @param roleType `TaskApplication` or `TaskExecution`
public record IAMRoleCredentialsMessage(
    @Nullable String messageId,
    @Nullable String taskArn,
    @Nullable String taskClusterArn,
    @Nullable String roleType,
    @Nullable RoleCredentials roleCredentials)
    implements AcsServerMessage {}
