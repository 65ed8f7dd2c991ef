/// The sockets of agents: threads, queues and time around the pure sessions of `control.node`.
/// Start at {@link AgentSockets}.
@NullMarked
package dev.roadstead.server.node;

import org.jspecify.annotations.NullMarked;
