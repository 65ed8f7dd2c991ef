/// Agent communication: messages of the ACS websocket, sealed per direction.
/// AcsServerMessage travels to the agent, AcsAgentMessage to the control plane.
/// Source: aws/amazon-ecs-agent 1.105, ecs-agent/acs/model.
@NullMarked
package dev.roadstead.link.acs;

import org.jspecify.annotations.NullMarked;
