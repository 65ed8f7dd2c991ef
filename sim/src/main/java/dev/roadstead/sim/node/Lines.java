package dev.roadstead.sim.node;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.Status;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.HeartbeatAckRequest;
import dev.roadstead.link.acs.HeartbeatMessage;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.tcs.PublishHealthRequest;
import dev.roadstead.link.tcs.PublishHealthRequest.ContainerHealth;
import dev.roadstead.link.tcs.PublishHealthRequest.TaskHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An agent's registration and its two sockets.
final class Lines {
  /// The wait of an instance that an operator has deregistered.
  private static final Duration INACTIVE = Duration.ofHours(1);

  private static final Duration HEALTH_PERIOD = Duration.ofSeconds(20);

  private final SimAgent agent;
  private final Line acs;
  private final Line tcs;
  private final Registration registration;

  Lines(SimAgent agent, @Nullable String saved) {
    this.agent = agent;
    this.registration = new Registration(agent, saved);
    this.acs = new Line(agent, false, new AcsEars());
    this.tcs = new Line(agent, true, new TcsEars());
  }

  void start() {
    registration.begin(
        () -> {
          acs.dial();
          tcs.dial();
        });
  }

  String instanceArn() {
    return registration.arn();
  }

  boolean connected() {
    return acs.open();
  }

  void send(AcsAgentMessage message) {
    if (!(message instanceof HeartbeatAckRequest)) {
      agent.machine().note("sends " + message);
    }
    acs.send(LinkCodec.ACS_AGENT.encode(message));
  }

  void die(boolean silent) {
    acs.die(silent);
    tcs.die(silent);
  }

  private void heard(AcsServerMessage message) {
    switch (message) {
      case HeartbeatMessage beat -> {
        send(new HeartbeatAckRequest(beat.messageId()));
        tellHealth();
      }
      case PayloadMessage payload -> agent.payload(payload);
      case TaskManifestMessage manifest -> agent.happens(new Event.Manifest(manifest));
      case TaskStopVerificationAck ack -> agent.happens(new Event.StopVerified(ack));
      default -> {}
    }
  }

  /// Tells the health of every container that has a check.
  void tellHealth() {
    if (!tcs.open()) {
      return;
    }
    List<TaskHealth> tasks = new ArrayList<>();
    for (TaskState task : agent.state().tasks().values()) {
      List<ContainerHealth> containers = new ArrayList<>();
      for (ContainerState one : task.containers()) {
        String type = task.definition(one.name()).healthCheckType();
        if (one.known() == Status.RUNNING && Container.HEALTH_DOCKER.equals(type)) {
          containers.add(new ContainerHealth(one.name(), one.health().name(), one.startedAt()));
        }
      }
      if (!containers.isEmpty()) {
        var definition = task.definition();
        tasks.add(
            new TaskHealth(task.arn(), definition.family(), definition.version(), containers));
      }
    }
    if (!tasks.isEmpty()) {
      var metadata = new PublishHealthRequest.Metadata(SimAgent.CLUSTER, instanceArn(), "m", true);
      tcs.send(
          LinkCodec.TCS_AGENT.encode(
              new PublishHealthRequest(metadata, tasks, agent.machine().clock().instant())));
    }
  }

  private final class AcsEars implements Line.Ears {
    @Override
    public void opened() {
      agent.machine().note("is connected");
    }

    @Override
    public void received(String text) {
      heard(LinkCodec.ACS_SERVER.decode(text));
    }

    @Override
    public @Nullable Duration refused(String code) {
      agent.machine().note("is refused: " + code);
      if (code.equals("InactiveInstanceException")) {
        return INACTIVE;
      }
      if (code.equals("InvalidInstanceException")) {
        registration.begin(() -> {});
      }
      return null;
    }
  }

  private final class TcsEars implements Line.Ears {
    @Override
    public void opened() {
      tellHealth();
      again();
    }

    private void again() {
      agent.after(
          HEALTH_PERIOD,
          () -> {
            if (tcs.open()) {
              tellHealth();
              again();
            }
          });
    }

    @Override
    public void received(String text) {
      var _ = LinkCodec.TCS_SERVER.decode(text);
    }

    @Override
    public @Nullable Duration refused(String code) {
      return null;
    }
  }
}
