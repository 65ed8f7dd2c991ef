/// What agents call: registration, where their sockets are, and reports of what became of tasks.
/// Reports never fail: whatever can be read is answered with 200 and moves rows only forward.
/// Source: aws/amazon-ecs-agent 1.105, ecs-agent/api/ecs. Start at {@link AgentOperations}.
@NullMarked
package dev.roadstead.control.ecs.agent;

import org.jspecify.annotations.NullMarked;
