package dev.roadstead.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.HeartbeatAckRequest;
import dev.roadstead.link.acs.HeartbeatMessage;
import dev.roadstead.link.acs.IAMRoleCredentialsMessage;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.TaskIdentifier;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.acs.TaskStopVerificationMessage;
import dev.roadstead.link.task.RoleCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AcsSessionTest {
  private static final AcsSession.Tools TOOLS =
      new AcsSession.Tools(
          new TaskCredentials(new byte[TaskCredentials.SECRET_BYTES]), Template::read, Lease.USUAL);

  private final World world = Stage.world();
  private final TaskDefinition definition = Rows.definition("web", 1);
  private final ContainerInstance instance =
      ContainerInstanceBuilder.builder(Rows.instance("one")).connected(false).build();
  private int sessions;

  @BeforeEach
  void anInstance() {
    world.apply(List.of(ContainerInstances.create(instance), TaskDefinitions.put(definition)));
  }

  @Test
  void connectingMarksTheInstanceAndItsVersions() {
    open(hello(false));

    ContainerInstance row = row();
    assertThat(row.connected()).isTrue();
    assertThat(row.connectedAt()).isEqualTo(world.now());
    assertThat(row.agentVersion()).isEqualTo("1.105.1");
    assertThat(row.dockerVersion()).isEqualTo("DockerVersion: 26");
  }

  @Test
  void sendsSeveralTasksInAMessageAndTheManifestAfterTheirAcks() {
    List<String> ids = IntStream.rangeClosed(1, 11).mapToObj(i -> "t" + i).toList();
    ids.forEach(this::put);
    AcsSession session = session(hello(false));
    List<AcsServerMessage> said = perform(session.open(world.state()));

    List<PayloadMessage> payloads = all(said, PayloadMessage.class);
    assertThat(payloads).extracting(one -> one.tasks().size()).containsExactly(10, 1);
    assertThat(payloads)
        .flatExtracting(PayloadMessage::tasks)
        .extracting(dev.roadstead.link.task.Task::arn)
        .containsExactlyInAnyOrderElementsOf(ids.stream().map(id -> task(id).arn()).toList());
    assertThat(payloads.getFirst().containerInstanceArn()).isEqualTo(instance.arn());
    assertThat(all(said, TaskManifestMessage.class)).isEmpty();
    assertThat(ack(session, payloads.get(0).messageId())).isEmpty();

    List<AcsServerMessage> after = ack(session, payloads.get(1).messageId());
    TaskManifestMessage manifest = all(after, TaskManifestMessage.class).getFirst();
    assertThat(manifest.tasks()).hasSize(11).allMatch(one -> "RUNNING".equals(one.desiredStatus()));
    Integer sequence = payloads.getFirst().seqNum();
    if (sequence == null) {
      throw new AssertionError("no number");
    }
    assertThat(manifest.timeline()).isGreaterThan((long) sequence);
  }

  @Test
  void repeatsAPayloadUntilItIsAcknowledged() {
    put("t1");
    AcsSession session = session(hello(false));
    PayloadMessage first =
        all(perform(session.open(world.state())), PayloadMessage.class).getFirst();

    assertThat(all(tick(session, Duration.ofSeconds(5)), PayloadMessage.class)).isEmpty();
    PayloadMessage second =
        all(tick(session, Duration.ofSeconds(6)), PayloadMessage.class).getFirst();
    assertThat(second.messageId()).isEqualTo(first.messageId());
    ack(session, first.messageId());

    assertThat(all(tick(session, Duration.ofSeconds(30)), PayloadMessage.class)).isEmpty();
    assertThat(all(tick(session, Duration.ofSeconds(31)), PayloadMessage.class))
        .as("acknowledged, and yet nothing was ever reported")
        .hasSize(1);
  }

  @Test
  void repeatsAloneWhatWasNotAcknowledgedTogether() {
    put("t1");
    put("t2");
    AcsSession session = session(hello(false));
    PayloadMessage both =
        all(perform(session.open(world.state())), PayloadMessage.class).getFirst();
    assertThat(both.tasks()).hasSize(2);

    List<PayloadMessage> again = all(tick(session, Duration.ofSeconds(11)), PayloadMessage.class);
    assertThat(again).extracting(one -> one.tasks().size()).containsExactly(1, 1);
    ack(session, again.getFirst().messageId());
    List<PayloadMessage> third = all(tick(session, Duration.ofSeconds(21)), PayloadMessage.class);
    assertThat(third)
        .extracting(PayloadMessage::messageId)
        .containsExactly(again.getLast().messageId());
    assertThat(third.getFirst().tasks()).isEqualTo(again.getLast().tasks());
  }

  @Test
  void saysNothingMoreOnceTheTaskWasReported() {
    put("t1");
    AcsSession session = session(hello(false));
    PayloadMessage first =
        all(perform(session.open(world.state())), PayloadMessage.class).getFirst();
    ack(session, first.messageId());
    report("t1");
    perform(session.changed(world.state(), List.of(key("t1")), world.now()));

    assertThat(all(tick(session, Duration.ofMinutes(5)), PayloadMessage.class)).isEmpty();
  }

  @Test
  void sendsANewTaskAndItsStop() {
    AcsSession session = open(hello(false));
    put("t1");
    List<AcsServerMessage> said =
        perform(session.changed(world.state(), List.of(key("t1")), world.now()));
    assertThat(all(said, PayloadMessage.class).getFirst().tasks().getFirst().desiredStatus())
        .isEqualTo("RUNNING");

    world.apply(Tasks.stop(task("t1"), new StopCause("UserInitiated", "x"), world.now()));
    PayloadMessage stop =
        all(
                perform(session.changed(world.state(), List.of(key("t1")), world.now())),
                PayloadMessage.class)
            .getFirst();
    assertThat(stop.tasks().getFirst().desiredStatus()).isEqualTo("STOPPED");
    assertThat(stop.tasks().getFirst().containers()).isEmpty();
    assertThat(all(tick(session, Duration.ofSeconds(11)), PayloadMessage.class))
        .extracting(PayloadMessage::messageId)
        .containsExactly(stop.messageId());
  }

  @Test
  void saysEverythingAgainOnANewConnectionWithAHigherNumber() {
    put("t1");
    put("t2");
    AcsSession first = session(hello(false));
    List<AcsServerMessage> said = perform(first.open(world.state()));
    TaskManifestMessage before =
        all(
                ack(first, all(said, PayloadMessage.class).getFirst().messageId()),
                TaskManifestMessage.class)
            .getFirst();
    report("t1");
    world.pass(Duration.ofSeconds(1));

    AcsSession second = session(hello(false));
    List<PayloadMessage> again = all(perform(second.open(world.state())), PayloadMessage.class);
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().tasks().getFirst().arn()).isEqualTo(task("t2").arn());
    TaskManifestMessage after =
        all(ack(second, again.getFirst().messageId()), TaskManifestMessage.class).getFirst();
    assertThat(after.timeline()).isGreaterThan(before.timeline());
  }

  @Test
  void repeatsAManifestWithAHigherNumber() {
    AcsSession session = session(hello(false));
    TaskManifestMessage first =
        all(perform(session.open(world.state())), TaskManifestMessage.class).getFirst();
    TaskManifestMessage second =
        all(tick(session, Duration.ofSeconds(21)), TaskManifestMessage.class).getFirst();
    assertThat(second.timeline()).isGreaterThan(first.timeline());
    ack(session, second.messageId());

    assertThat(all(tick(session, Duration.ofMinutes(5)), TaskManifestMessage.class)).isEmpty();
  }

  @Test
  void confirmsOrphansAndNothingElse() {
    put("t1");
    report("t1");
    AcsSession session = session(hello(false));
    TaskManifestMessage manifest =
        all(perform(session.open(world.state())), TaskManifestMessage.class).getFirst();
    List<TaskIdentifier> candidates =
        List.of(
            new TaskIdentifier(task("t1").arn(), null, "STOPPED"),
            new TaskIdentifier(task("t1").arn().replace("/t1", "/gone"), null, "STOPPED"),
            new TaskIdentifier("nonsense", null, "STOPPED"));

    List<AcsServerMessage> answer =
        perform(
            session.received(
                world.state(),
                new TaskStopVerificationMessage(manifest.messageId(), candidates),
                world.now()));
    assertThat(all(answer, TaskStopVerificationAck.class).getFirst().stopTasks())
        .extracting(TaskIdentifier::taskArn)
        .containsExactly(candidates.get(1).taskArn());
    assertThat(
            perform(
                session.received(
                    world.state(),
                    new TaskStopVerificationMessage("another", candidates),
                    world.now())))
        .isEmpty();
  }

  @Test
  void beatsAndGivesUpOnTheSilent() {
    AcsSession session = open(hello(false));
    assertThat(all(tick(session, Duration.ZERO), HeartbeatMessage.class)).hasSize(1);
    assertThat(all(tick(session, Duration.ofSeconds(6)), HeartbeatMessage.class)).hasSize(1);
    perform(session.received(world.state(), new HeartbeatAckRequest("1"), world.now()));
    Instant heardAt = world.now();
    assertThat(all(tick(session, Duration.ofSeconds(6)), HeartbeatMessage.class)).hasSize(1);
    assertThat(all(tick(session, Duration.ofSeconds(6)), HeartbeatMessage.class)).hasSize(1);
    assertThat(session.nextTick()).isBeforeOrEqualTo(heardAt.plusSeconds(15));
    world.pass(Duration.ofSeconds(3));
    assertThat(session.tick(world.state(), world.now()).closing()).isNotNull();
    session.closed(world.now(), true);
    tick(session, Duration.ZERO);
    assertThat(row().connected()).isFalse();
    assertThat(row().lostAt())
        .as("counted from when it was heard")
        .isEqualTo(heardAt.plusSeconds(20));
  }

  @Test
  void doesNotTakeAnAgentForGoneWhenItStoodStillItself() {
    AcsSession session = open(hello(false));
    tick(session, Duration.ZERO);
    world.pass(Duration.ofMinutes(2));
    assertThat(session.tick(world.state(), world.now()).closing()).isNull();
    perform(session.received(world.state(), new HeartbeatAckRequest("1"), world.now()));
    tick(session, Duration.ofSeconds(6));
    assertThat(row().connected()).isTrue();
  }

  @Test
  void disconnectsAfterAMomentOfGraceButNotWhenTheAgentIsBack() {
    AcsSession first = open(hello(false));
    first.closed(world.now(), true);
    tick(first, Duration.ofSeconds(1));
    assertThat(row().connected()).isTrue();
    tick(first, Duration.ofSeconds(5));
    assertThat(row().connected()).isFalse();
    assertThat(first.finished()).isTrue();

    AcsSession second = open(hello(false));
    second.closed(world.now(), true);
    world.pass(Duration.ofSeconds(1));
    open(hello(false));
    tick(second, Duration.ofSeconds(9));
    assertThat(row().connected()).isTrue();
  }

  @Test
  void isDisconnectedAtOnceWhenItsConnectionBreaksAndLostAfterTheLease() {
    AcsSession session = open(hello(false));
    session.closed(world.now(), false);
    assertThat(session.nextTick()).isEqualTo(world.now());
    tick(session, Duration.ZERO);
    assertThat(row().connected()).isFalse();
    assertThat(row().lost(world.now().plusSeconds(19))).isFalse();
    assertThat(row().lost(world.now().plusSeconds(20))).isTrue();

    open(hello(false));
    assertThat(row().lostAt()).isNull();
  }

  @Test
  void closesWhenDeregisteredAndRefusesTheNextOne() {
    AcsSession session = open(hello(false));
    world.apply(
        ContainerInstances.update(
            row(), ContainerInstanceBuilder.builder(row()).status("INACTIVE").build()));

    assertThat(session.tick(world.state(), world.now()).closing()).isNotNull();
    assertThatThrownBy(() -> hello(false)).hasMessageContaining("InactiveInstanceException");
    assertThatThrownBy(() -> read("default", "nobody"))
        .hasMessageContaining("InvalidInstanceException");
    assertThatThrownBy(() -> read("nowhere", "one"))
        .hasMessageContaining("InvalidClusterException");
  }

  @Test
  void aStartOfTheControlPlaneForgetsWhoWasConnectedAndStopsNothing() {
    open(hello(false));
    put("t1");
    run(NodeWork.nobodyConnected("", 10, Lease.USUAL));

    assertThat(row().connected()).isFalse();
    assertThat(task("t1").wanted()).isTrue();
    run(NodeWork.nobodyConnected("", 10, Lease.USUAL));
    assertThat(row().version()).isEqualTo(3);
  }

  @Test
  void pushesCredentialsWhenTheAgentAsksAndBeforeTheyExpire() {
    world.apply(
        List.of(
            TaskDefinitions.put(
                TaskDefinitionBuilder.builder(definition)
                    .document(
                        "{\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"web:1\"}],"
                            + "\"taskRoleArn\":\"arn:aws:iam::1:role/app\"}")
                    .build())));
    put("t1");
    AcsSession session = session(hello(false));
    PayloadMessage payload =
        all(perform(session.open(world.state())), PayloadMessage.class).getFirst();
    var given = payload.tasks().getFirst().roleCredentials();
    if (given == null) {
      throw new AssertionError("no credentials");
    }
    report("t1");

    AcsSession second = session(hello(true));
    var pushed =
        all(perform(second.open(world.state())), IAMRoleCredentialsMessage.class).getFirst();
    assertThat(pushed.roleType()).isEqualTo("TaskApplication");
    assertThat(pushed.roleCredentials()).isEqualTo(given);

    world.pass(TaskCredentials.PERIOD);
    perform(second.received(world.state(), new HeartbeatAckRequest("1"), world.now()));
    var later = all(tick(second, Duration.ZERO), IAMRoleCredentialsMessage.class).getFirst();
    assertThat(later.roleCredentials()).isNotEqualTo(given);
    assertThat(later.roleCredentials())
        .isNotNull()
        .extracting(RoleCredentials::credentialsId)
        .isEqualTo(given.credentialsId());
  }

  private AgentHello hello(boolean sendCredentials) {
    return AgentHello.read(
        world.state(),
        World.scope(),
        Map.of(
            "clusterArn", List.of("default"),
            "containerInstanceArn", List.of(instance.arn()),
            "agentVersion", List.of("1.105.1"),
            "agentHash", List.of("abc"),
            "dockerVersion", List.of("26"),
            "protocolVersion", List.of("2"),
            "sendCredentials", List.of(Boolean.toString(sendCredentials))));
  }

  private AgentHello read(String cluster, String name) {
    return AgentHello.read(
        world.state(),
        World.scope(),
        Map.of("cluster", List.of(cluster), "containerInstance", List.of(name)));
  }

  private AcsSession session(AgentHello hello) {
    sessions++;
    return new AcsSession(hello, "s" + sessions, world.now(), TOOLS);
  }

  private AcsSession open(AgentHello hello) {
    AcsSession session = session(hello);
    perform(session.open(world.state()));
    return session;
  }

  private List<AcsServerMessage> tick(AcsSession session, Duration passed) {
    world.pass(passed);
    return perform(session.tick(world.state(), world.now()));
  }

  private List<AcsServerMessage> ack(AcsSession session, @Nullable String messageId) {
    return perform(
        session.received(
            world.state(), new AckRequest("c", instance.arn(), messageId), world.now()));
  }

  private List<AcsServerMessage> perform(Turn<AcsServerMessage> turn) {
    turn.work().forEach(this::run);
    return turn.messages();
  }

  private void run(Work<?> work) {
    world.apply(work.decide(world.state(), world.moment()).changes());
  }

  private void put(String id) {
    world.apply(List.of(Tasks.create(Stage.task(id, definition, instance))));
  }

  private void report(String id) {
    Task task = task(id);
    world.apply(
        Tasks.update(
            task,
            TaskBuilder.builder(task).connected(true).lastStatus(TaskStatus.RUNNING).build()));
  }

  private Task task(String id) {
    return world.state().get(Tasks.TABLE, key(id));
  }

  private static String key(String id) {
    return World.scope().key("default", id);
  }

  private ContainerInstance row() {
    return world.state().get(ContainerInstances.TABLE, instance.key());
  }

  private static <M> List<M> all(List<AcsServerMessage> said, Class<M> type) {
    List<M> found = new ArrayList<>();
    for (AcsServerMessage one : said) {
      if (type.isInstance(one)) {
        found.add(type.cast(one));
      }
    }
    return found;
  }
}
