package dev.roadstead.link.acs;

import dev.roadstead.link.LinkMessage;

/// What travels from the agent to the control plane over ACS. The name of a permitted record is its
/// `type` on the wire.
public sealed interface AcsAgentMessage extends LinkMessage
    permits AckRequest,
        HeartbeatAckRequest,
        IAMRoleCredentialsAckRequest,
        NackRequest,
        TaskStopVerificationMessage,
        AcsAgentMessage.Unknown {
  /// A type this version does not know. Logged and dropped.
  record Unknown(String type) implements AcsAgentMessage {}
}
