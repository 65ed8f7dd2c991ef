package dev.roadstead.control.node;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.payload.Payloads;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.engine.root.State;
import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.HeartbeatAckRequest;
import dev.roadstead.link.acs.HeartbeatMessage;
import dev.roadstead.link.acs.IAMRoleCredentialsAckRequest;
import dev.roadstead.link.acs.NackRequest;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.TaskIdentifier;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.acs.TaskStopVerificationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection of one agent: tells it its tasks until it has them. Level-triggered: what there
/// is to say follows from the rows, so a message that is lost, late or repeated does no harm.
///
/// Used by one thread at a time. Messages of a turn are to be sent in their order.
public final class AcsSession {
  /// A tick that is later than this says that it was this side that stood still.
  private static final Duration STALL = Duration.ofSeconds(2);

  /// Agents come back within a second when a connection ends in order; placement must not use one
  /// that does not for long.
  static final Duration GRACE = Duration.ofSeconds(5);

  /// Messages beside first payloads in one turn, so that no turn takes long.
  static final int TURN_MAX = 256;

  private final AgentHello hello;
  private final String id;
  private final Instant openedAt;
  private final RoleKeys keys;
  private final Template.Source templates;
  private final Deliveries deliveries = new Deliveries();
  private final Manifest manifest;
  private long messages;
  private long base;
  private long generation;
  private Instant heardAt;
  private Instant heartbeatAt;
  private final Lease lease;
  private @Nullable Instant askedAt; // when the oldest heartbeat without an answer was sent
  private @Nullable Instant closedAt;
  private boolean gone;
  private boolean finished;

  /// What sessions share.
  ///
  /// @param lease of instances whose agent goes
  public record Tools(TaskCredentials credentials, Template.Source templates, Lease lease) {}

  /// A session that is not open yet.
  ///
  /// @param id unique among all sessions; the start of message ids
  /// @param openedAt names the connection in the instance's row
  public AcsSession(AgentHello hello, String id, Instant openedAt, Tools tools) {
    this.hello = hello;
    this.id = id;
    this.openedAt = openedAt;
    this.keys = new RoleKeys(tools.credentials(), tools.templates(), hello.instanceKey());
    this.templates = tools.templates();
    this.lease = tools.lease();
    this.manifest = new Manifest(openedAt);
    this.heardAt = openedAt;
    this.heartbeatAt = openedAt;
  }

  public AgentHello hello() {
    return hello;
  }

  /// The connection is open: everything the agent has not reported on is said.
  public Turn<AcsServerMessage> open(State state) {
    Turn<AcsServerMessage> turn = new Turn<>();
    base = state.position();
    generation = TaskCredentials.generation(openedAt);
    turn.submit(NodeWork.connected(hello, openedAt));
    if (hello.sendCredentials()) {
      keys.owe(state);
    }
    rows(state);
    return advance(turn, state, openedAt);
  }

  /// The rows of these tasks changed.
  public Turn<AcsServerMessage> changed(State state, Collection<String> taskKeys, Instant now) {
    taskKeys.forEach(key -> look(state, key));
    return advance(new Turn<>(), state, now);
  }

  /// It is not known what changed.
  public Turn<AcsServerMessage> resync(State state, Instant now) {
    rows(state);
    return advance(new Turn<>(), state, now);
  }

  /// The agent said something.
  public Turn<AcsServerMessage> received(State state, AcsAgentMessage message, Instant now) {
    Turn<AcsServerMessage> turn = new Turn<>();
    heardAt = now;
    askedAt = null;
    switch (message) {
      case AckRequest ack -> acknowledged(ack.messageId(), now);
      case NackRequest nack -> acknowledged(nack.messageId(), now);
      case TaskStopVerificationMessage question -> verify(turn, state, question, now);
      case HeartbeatAckRequest _, IAMRoleCredentialsAckRequest _, AcsAgentMessage.Unknown _ -> {
        // A sign of life, no more.
      }
    }
    return advance(turn, state, now);
  }

  /// Time passed, or the instance's row changed.
  public Turn<AcsServerMessage> tick(State state, Instant now) {
    Turn<AcsServerMessage> turn = new Turn<>();
    Instant closed = closedAt;
    if (closed != null) {
      if (!finished && !now.isBefore(closed.plus(gone ? Duration.ZERO : GRACE))) {
        finished = true;
        Instant lostAt = lease.end(gone ? heardAt : closed);
        turn.submit(NodeWork.disconnected(hello.instanceKey(), openedAt, lostAt));
      }
      return turn;
    }
    ContainerInstance row = state.find(ContainerInstances.TABLE, hello.instanceKey());
    if (row == null || row.status().equals(ContainerInstance.INACTIVE)) {
      turn.close(Turn.Closing.orderly("the container instance is not registered"));
      return turn;
    }
    if (silent(now)) {
      gone = true;
      turn.close(Turn.Closing.orderly("no sign of life"));
      return turn;
    }
    if (!now.isBefore(heartbeatAt)) {
      heartbeatAt = now.plus(lease.heartbeat());
      askedAt = askedAt == null ? now : askedAt;
      turn.send(new HeartbeatMessage(true, messageId()));
    }
    long newest = TaskCredentials.generation(now);
    if (newest > generation) {
      generation = newest;
      keys.owe(state);
    }
    for (Deliveries.Parcel one : deliveries.again(now, TURN_MAX, this::messageId)) {
      deliver(turn, state, one, now);
    }
    return advance(turn, state, now);
  }

  /// The connection is gone. Closed in order, the session goes on until the agent has had time to
  /// come back; otherwise the agent is taken for gone at once. Give it ticks until it is finished.
  ///
  /// @param orderly whether one side closed it, rather than the network or an end of the agent
  public void closed(Instant now, boolean orderly) {
    if (closedAt == null) {
      closedAt = now;
      gone = gone || !orderly;
    }
  }

  /// Whether the agent owes an answer for too long. Where time went by without a tick its answers
  /// may not have been read yet: it is asked anew.
  private boolean silent(Instant now) {
    if (now.isAfter(heartbeatAt.plus(STALL))) {
      askedAt = null;
    }
    Instant asked = askedAt;
    return hello.closable() && asked != null && !now.isBefore(asked.plus(lease.patience()));
  }

  /// Whether there is nothing left to do.
  public boolean finished() {
    return finished;
  }

  /// When the next tick is wanted, if nothing else happens.
  public Instant nextTick() {
    Instant closed = closedAt;
    if (closed != null) {
      return gone ? closed : closed.plus(GRACE);
    }
    if (keys.owed()) {
      return heardAt;
    }
    Instant asked = askedAt;
    Instant patient = asked == null ? null : asked.plus(lease.patience());
    return earlier(
        earlier(earlier(heartbeatAt, patient), deliveries.nextDue()), manifest.nextDue());
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }

  private void rows(State state) {
    for (String key : state.keys(Tasks.ALIVE_BY_INSTANCE, hello.instanceKey())) {
      look(state, key);
    }
  }

  /// What is to be said of a task now: it must run, as long as nothing was heard of it; it must
  /// stop, as long as it has not.
  private void look(State state, String key) {
    Task task = state.find(Tasks.TABLE, key);
    if (task == null
        || task.stopped()
        || !hello.instanceKey().equals(task.instanceKey())
        || (task.wanted() && task.connected())) {
      deliveries.drop(key);
      return;
    }
    Deliveries.Delivery known = deliveries.of(key);
    boolean stop = !task.wanted();
    if (known == null || known.stop != stop) {
      deliveries.add(new Deliveries.Delivery(key, stop));
    }
  }

  private void acknowledged(@Nullable String messageId, Instant now) {
    if (messageId != null && !deliveries.acknowledge(messageId, now)) {
      manifest.acknowledge(messageId);
    }
  }

  private Turn<AcsServerMessage> advance(Turn<AcsServerMessage> turn, State state, Instant now) {
    for (Deliveries.Parcel one : deliveries.next(now, this::messageId)) {
      deliver(turn, state, one, now);
    }
    keys.renew(turn, state, TURN_MAX, this::messageId, now);
    if (manifest.due(deliveries.quiet(), now)) {
      turn.send(manifestMessage(state, now));
    }
    return turn;
  }

  private void deliver(
      Turn<AcsServerMessage> turn, State state, Deliveries.Parcel parcel, Instant now) {
    List<dev.roadstead.link.task.Task> payloads = new ArrayList<>(parcel.contents().size());
    for (Deliveries.Delivery one : parcel.contents()) {
      dev.roadstead.link.task.Task payload = payload(turn, state, one, now);
      if (payload != null) {
        payloads.add(payload);
      }
    }
    if (!payloads.isEmpty()) {
      turn.send(
          new PayloadMessage(
              hello.clusterArn(),
              hello.instanceArn(),
              parcel.messageId(),
              now.toEpochMilli(),
              Math.clamp(base, 0, Integer.MAX_VALUE),
              null,
              payloads));
    }
  }

  private dev.roadstead.link.task.@Nullable Task payload(
      Turn<AcsServerMessage> turn, State state, Deliveries.Delivery one, Instant now) {
    Task task = state.find(Tasks.TABLE, one.taskKey);
    if (task == null) {
      return null;
    }
    if (one.stop) {
      return Payloads.stop(task);
    }
    TaskDefinition definition = state.find(TaskDefinitions.TABLE, task.taskDefinitionKey());
    if (definition == null) {
      turn.submit(NodeWork.unspeakable(one.taskKey, "The task definition no longer exists."));
      return null;
    }
    return keys.with(task, templates.of(definition), now);
  }

  private TaskManifestMessage manifestMessage(State state, Instant now) {
    List<TaskIdentifier> tasks = new ArrayList<>();
    for (Task task : state.rows(Tasks.ALIVE_BY_INSTANCE, hello.instanceKey())) {
      tasks.add(identifier(task.arn(), task.clusterArn(), task.wanted()));
    }
    String messageId = messageId();
    return new TaskManifestMessage(
        hello.clusterArn(),
        hello.instanceArn(),
        messageId,
        now.toEpochMilli(),
        manifest.send(messageId, base, now),
        tasks);
  }

  /// Confirms those that nobody wants there, as the rows are now.
  private void verify(
      Turn<AcsServerMessage> turn, State state, TaskStopVerificationMessage question, Instant now) {
    if (!manifest.isLast(question.messageId())) {
      return;
    }
    List<TaskIdentifier> stop = new ArrayList<>();
    for (TaskIdentifier one : question.stopCandidates()) {
      if (orphan(state, one.taskArn())) {
        stop.add(identifier(one.taskArn(), one.taskClusterArn(), false));
      }
    }
    turn.send(new TaskStopVerificationAck(question.messageId(), now.toEpochMilli(), stop));
  }

  private boolean orphan(State state, @Nullable String taskArn) {
    String key = TcsSession.taskKey(taskArn);
    if (key == null) {
      return false;
    }
    Task task = state.find(Tasks.TABLE, key);
    return task == null
        || !task.wanted()
        || task.stopped()
        || !hello.instanceKey().equals(task.instanceKey());
  }

  private static TaskIdentifier identifier(
      String taskArn, @Nullable String clusterArn, boolean run) {
    return new TaskIdentifier(
        taskArn,
        clusterArn,
        run ? dev.roadstead.link.task.Task.RUNNING : dev.roadstead.link.task.Task.STOPPED);
  }

  private String messageId() {
    messages++;
    return id + "-" + messages;
  }
}
