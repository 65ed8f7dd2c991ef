package dev.roadstead.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.tcs.AckPublishHealth;
import dev.roadstead.link.tcs.HeartbeatMessage;
import dev.roadstead.link.tcs.PublishHealthRequest;
import dev.roadstead.link.tcs.PublishInstanceStatusRequest;
import dev.roadstead.link.tcs.TcsServerMessage;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
  private static final ContainerSpec CHECKED =
      new ContainerSpec("web", "web:1", true, 0, 64, null, true, List.of(), 0);

  private final World world = Stage.world();
  private final TaskDefinition definition =
      TaskDefinitionBuilder.builder(Rows.definition("web", 1)).containers(List.of(CHECKED)).build();
  private final TcsSession session = session();

  @Test
  void healthBecomesRowsOnlyWhenItChanges() {
    Turn<TcsServerMessage> first = session.received(world.state(), health("HEALTHY"));
    assertThat(first.messages()).containsExactly(new AckPublishHealth(""));
    run(first);
    Task task = world.state().all(Tasks.TABLE).getFirst();
    assertThat(task.health()).isEqualTo(Health.HEALTHY);
    assertThat(task.containers().getFirst().health()).isEqualTo(Health.HEALTHY);

    Turn<TcsServerMessage> second = session.received(world.state(), health("HEALTHY"));
    assertThat(second.work()).isEmpty();
    assertThat(second.messages()).hasSize(1);

    run(session.received(world.state(), health("UNHEALTHY")));
    assertThat(world.state().all(Tasks.TABLE).getFirst().health()).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void theStateOfDockerBecomesARowOnlyWhenItChanges() {
    PublishInstanceStatusRequest status =
        new PublishInstanceStatusRequest(
            new PublishInstanceStatusRequest.Metadata("c", "i", "r"),
            List.of(
                new PublishInstanceStatusRequest.InstanceStatus(
                    "ContainerRuntime", "OK", null, null)),
            world.now());
    run(session.received(world.state(), status));

    assertThat(world.state().all(ContainerInstances.TABLE).getFirst().dockerHealth())
        .isEqualTo("OK");
    assertThat(session.received(world.state(), status).work()).isEmpty();
  }

  @Test
  void beatsNowAndThen() {
    assertThat(session.tick(world.now()).messages()).isEmpty();
    world.pass(Duration.ofSeconds(30));
    assertThat(session.tick(world.now()).messages()).containsExactly(new HeartbeatMessage(true));
    assertThat(session.tick(world.now()).messages()).isEmpty();
  }

  @Test
  void keysOfTasksCanBeToldFromForgedOnes() {
    byte[] secret = new byte[TaskCredentials.SECRET_BYTES];
    TaskCredentials credentials = new TaskCredentials(secret);
    Task task = world.state().all(Tasks.TABLE).getFirst();
    var keys =
        credentials.of(
            task, "arn:aws:iam::1:role/path/r", TaskCredentials.Kind.APPLICATION, world.now());
    assertThat(keys.accessKeyId()).startsWith("ASIA").hasSize(20);
    String id = String.valueOf(keys.accessKeyId());
    String token = String.valueOf(keys.sessionToken());

    TaskCredentials.Session session =
        Objects.requireNonNull(credentials.find(id, token, world.now()));
    assertThat(session)
        .isEqualTo(
            new TaskCredentials.Session(
                String.valueOf(keys.secretAccessKey()),
                task.key(),
                "arn:aws:iam::1:role/path/r",
                Instant.parse(String.valueOf(keys.expiration()))));
    assertThat(session.account()).isEqualTo(task.account());
    assertThat(session.principalArn())
        .isEqualTo("arn:aws:sts::" + task.account() + ":assumed-role/r/" + task.id());
    assertThat(credentials.find("ASIAAAAAAAAAAAAAAAAA", token, world.now())).isNull();
    assertThat(credentials.find(id, token.replace(token.charAt(3), '-'), world.now())).isNull();
    assertThat(credentials.find(id, "?", world.now())).isNull();
    secret[0] = 1;
    assertThat(new TaskCredentials(secret).find(id, token, world.now())).isNull();
  }

  @Test
  void keysOfTasksExpire() {
    TaskCredentials credentials = new TaskCredentials(new byte[TaskCredentials.SECRET_BYTES]);
    var keys = keys(credentials, "arn:aws:iam::1:role/r");
    String id = String.valueOf(keys.accessKeyId());
    String token = String.valueOf(keys.sessionToken());
    Instant expiration = Instant.parse(String.valueOf(keys.expiration()));

    assertThat(credentials.find(id, token, expiration.minusSeconds(1))).isNotNull();
    assertThatThrownBy(() -> credentials.find(id, token, expiration))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.error())
                    .isEqualTo(
                        AwsError.client(
                            "ExpiredTokenException",
                            "The security token included in the request is expired")));
    assertThat(credentials.find("ASIAAAAAAAAAAAAAAAAA", token, expiration)).isNull();
  }

  @Test
  void roleNamesCannotStretchTheLifeOfKeys() {
    TaskCredentials credentials = new TaskCredentials(new byte[TaskCredentials.SECRET_BYTES]);
    var keys = keys(credentials, "arn:aws:iam::1:role/r\nTaskApplication\n99999999999");

    assertThat(
            credentials.find(
                String.valueOf(keys.accessKeyId()),
                String.valueOf(keys.sessionToken()),
                world.now()))
        .isNull();
  }

  private RoleCredentials keys(TaskCredentials credentials, String roleArn) {
    Task task = world.state().all(Tasks.TABLE).getFirst();
    return credentials.of(task, roleArn, TaskCredentials.Kind.APPLICATION, world.now());
  }

  private PublishHealthRequest health(String status) {
    Task task = world.state().all(Tasks.TABLE).getFirst();
    return new PublishHealthRequest(
        new PublishHealthRequest.Metadata("c", "i", "m", true),
        List.of(
            new PublishHealthRequest.TaskHealth(
                task.arn(),
                "web",
                "1",
                List.of(new PublishHealthRequest.ContainerHealth("web", status, world.now()))),
            new PublishHealthRequest.TaskHealth("nonsense", null, null, List.of())),
        world.now());
  }

  private void run(Turn<TcsServerMessage> turn) {
    turn.work().forEach(work -> world.apply(work.decide(world.state(), world.moment()).changes()));
  }

  private TcsSession session() {
    var instance = Rows.instance("one");
    world.apply(
        List.of(
            ContainerInstances.create(instance),
            TaskDefinitions.put(definition),
            Tasks.create(Stage.task("t1", definition, instance))));
    AgentHello hello =
        AgentHello.read(
            world.state(),
            World.scope(),
            Map.of("cluster", List.of("default"), "containerInstance", List.of(instance.arn())));
    return new TcsSession(hello, world.now());
  }
}
