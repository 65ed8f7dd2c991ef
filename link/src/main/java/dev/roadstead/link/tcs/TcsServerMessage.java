package dev.roadstead.link.tcs;

import dev.roadstead.link.LinkMessage;

/// What travels from the control plane to the agent over TCS. The name of a permitted record is its
/// `type` on the wire.
public sealed interface TcsServerMessage extends LinkMessage
    permits AckPublishHealth,
        AckPublishInstanceStatus,
        AckPublishMetric,
        BadRequestException,
        HeartbeatMessage,
        InvalidParameterException,
        ResourceValidationException,
        ServerException,
        StopTelemetrySessionMessage,
        TcsServerMessage.Unknown {
  /// A type this version does not know. Logged and dropped.
  record Unknown(String type) implements TcsServerMessage {}
}
