/// What each node must be: sessions that tell an agent its tasks until it has them, and take what
/// it says of itself. Pure: states, messages and times come in, messages and work for the engine
/// come out; `server.node` has the sockets and threads.
/// Source: aws/amazon-ecs-agent 1.105, ecs-agent/acs and ecs-agent/tcs. Start at
/// {@link AcsSession}.
@NullMarked
package dev.roadstead.control.node;

import org.jspecify.annotations.NullMarked;
