/// Task definitions, overrides and rows as the agents' task payload: what Docker must do that the
/// payload has no field for goes into `dockerConfig` in Docker's own spelling. Strict where
/// Amazon's agent is strict. Source: aws/amazon-ecs-agent 1.105, agent/api/task and
/// agent/api/container. Start at {@link Payloads}.
@NullMarked
package dev.roadstead.control.node.payload;

import org.jspecify.annotations.NullMarked;
