/// Telemetry: messages of the TCS websocket, sealed per direction.
/// TcsAgentMessage travels to the control plane, TcsServerMessage to the agent.
/// Source: aws/amazon-ecs-agent 1.105, ecs-agent/tcs/model.
@NullMarked
package dev.roadstead.link.tcs;

import org.jspecify.annotations.NullMarked;
