package dev.roadstead.link.acs;

import dev.roadstead.link.LinkMessage;

/// What travels from the control plane to the agent over ACS. The name of a permitted record is its
/// `type` on the wire.
public sealed interface AcsServerMessage extends LinkMessage
    permits AccessDeniedException,
        AttachInstanceNetworkInterfacesMessage,
        AttachTaskNetworkInterfacesMessage,
        BadRequestException,
        CloseMessage,
        ConfirmAttachmentMessage,
        ErrorMessage,
        HeartbeatMessage,
        IAMRoleCredentialsMessage,
        InactiveInstanceException,
        InvalidClusterException,
        InvalidInstanceException,
        PayloadMessage,
        PerformUpdateMessage,
        ServerException,
        StageUpdateMessage,
        TaskManifestMessage,
        TaskStopVerificationAck,
        AcsServerMessage.Unknown {
  /// A type this version does not know. Logged and dropped.
  record Unknown(String type) implements AcsServerMessage {}
}
