package dev.roadstead.link.tcs;

import dev.roadstead.link.LinkMessage;

/// What travels from the agent to the control plane over TCS. The name of a permitted record is its
/// `type` on the wire.
public sealed interface TcsAgentMessage extends LinkMessage
    permits PublishHealthRequest,
        PublishInstanceStatusRequest,
        PublishMetricsRequest,
        TcsAgentMessage.Unknown {
  /// A type this version does not know. Logged and dropped.
  record Unknown(String type) implements TcsAgentMessage {}
}
