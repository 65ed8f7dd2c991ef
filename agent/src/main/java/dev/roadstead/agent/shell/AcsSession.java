package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Event;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.AttachInstanceNetworkInterfacesMessage;
import dev.roadstead.link.acs.AttachTaskNetworkInterfacesMessage;
import dev.roadstead.link.acs.ConfirmAttachmentMessage;
import dev.roadstead.link.acs.HeartbeatAckRequest;
import dev.roadstead.link.acs.HeartbeatMessage;
import dev.roadstead.link.acs.IAMRoleCredentialsMessage;
import dev.roadstead.link.acs.NackRequest;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.PerformUpdateMessage;
import dev.roadstead.link.acs.StageUpdateMessage;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.MalformedMessage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Talks ACS on an open socket until it ends.
final class AcsSession {
  private static final Logger LOG = LoggerFactory.getLogger(AcsSession.class);

  /// A control plane asks for a sign of life every 20 s at least. Sooner than Amazon's agent, which
  /// gives up after 60 to 120 s: after a cut a new connection is made as soon as there is a way.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);

  private static final int FRESH_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final Consumer<Event> events;
  private final Vault vault;
  private final Runnable heartbeat;

  /// @param heartbeat called at each heartbeat of the server
  AcsSession(Consumer<Event> events, Vault vault, Runnable heartbeat) {
    this.events = events;
    this.vault = vault;
    this.heartbeat = heartbeat;
  }

  /// Returns when the socket is closed or silent.
  void serve(LinkSocket socket) throws ApiTrouble, InterruptedException {
    String text = socket.take(SILENCE_MAX);
    while (text != null) {
      try {
        received(socket, LinkCodec.ACS_SERVER.decode(text));
      } catch (MalformedMessage e) {
        LOG.warn("a message is dropped: {}", e.getMessage());
      }
      text = socket.take(SILENCE_MAX);
    }
  }

  private void received(LinkSocket socket, AcsServerMessage message)
      throws ApiTrouble, InterruptedException {
    switch (message) {
      case HeartbeatMessage beat -> {
        send(socket, new HeartbeatAckRequest(beat.messageId()));
        heartbeat.run();
      }
      case PayloadMessage payload -> {
        for (AcsAgentMessage ack : vault.keep(payload)) {
          send(socket, ack);
        }
        events.accept(new Event.Payload(payload, fresh(payload)));
      }
      case TaskManifestMessage manifest -> events.accept(new Event.Manifest(manifest));
      case TaskStopVerificationAck ack -> events.accept(new Event.StopVerified(ack));
      case IAMRoleCredentialsMessage credentials -> {
        AcsAgentMessage ack = vault.keep(credentials);
        if (ack != null) {
          send(socket, ack);
        }
      }
      case StageUpdateMessage m ->
          send(socket, nack(m.clusterArn(), m.containerInstanceArn(), m.messageId()));
      case PerformUpdateMessage m ->
          send(socket, nack(m.clusterArn(), m.containerInstanceArn(), m.messageId()));
      case AttachTaskNetworkInterfacesMessage _,
          AttachInstanceNetworkInterfacesMessage _,
          ConfirmAttachmentMessage _ ->
          LOG.warn("{} is not supported here", message.getClass().getSimpleName());
      case AcsServerMessage.Unknown unknown -> LOG.debug("{} is ignored", unknown.type());
      default -> LOG.warn("the control plane says: {}", message);
    }
  }

  private static NackRequest nack(
      @Nullable String cluster, @Nullable String instance, @Nullable String messageId) {
    return new NackRequest(cluster, instance, messageId, "Updates are disabled");
  }

  private static void send(LinkSocket socket, AcsAgentMessage message)
      throws ApiTrouble, InterruptedException {
    socket.send(LinkCodec.ACS_AGENT.encode(message));
  }

  private List<String> fresh(PayloadMessage payload) {
    int containers = payload.tasks().stream().mapToInt(task -> task.containers().size()).sum();
    var fresh = new ArrayList<String>();
    for (int i = 0; i < 2 * containers; i++) {
      byte[] bytes = new byte[FRESH_BYTES];
      random.nextBytes(bytes);
      fresh.add(HexFormat.of().formatHex(bytes));
    }
    return fresh;
  }
}
