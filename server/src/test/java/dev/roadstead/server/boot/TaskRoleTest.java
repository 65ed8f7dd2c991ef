package dev.roadstead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.control.node.Lease;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.history.LuceneHistory;
import dev.roadstead.server.host.Processes;
import dev.roadstead.wire.http.ListenerConfig;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Resource;

/// A control plane that verifies signatures, an agent's socket, and a task that calls back with
/// the keys of its role.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TaskRoleTest {
  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::123456789012:role/apps/reader";
  private static final AwsBasicCredentials ADMIN = AwsBasicCredentials.create("AKIAADMIN", "s3cr");
  private static final Keys KEYS =
      (id, token) ->
          id.equals(ADMIN.accessKeyId()) && token == null
              ? new Keys.Key(ADMIN.secretAccessKey(), ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":root")
              : null;

  @TempDir private static Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private ControlPlane plane;
  private RoleCredentials keys;
  private String taskId;

  @BeforeAll
  void runATaskWithARole() throws Exception {
    plane = open();
    try (EcsClient admin = client(ADMIN)) {
      admin.createCluster(r -> r.clusterName("default"));
      String instance =
          admin
              .registerContainerInstance(
                  r ->
                      r.cluster("default")
                          .attributes(
                              has("com.amazonaws.ecs.capability.docker-remote-api.1.18"),
                              has("com.amazonaws.ecs.capability.task-iam-role"))
                          .totalResources(whole("CPU"), whole("MEMORY")))
              .containerInstance()
              .containerInstanceArn();
      String endpoint = admin.discoverPollEndpoint(r -> r.containerInstance(instance)).endpoint();
      FirstPayload payload = FirstPayload.of(http, endpoint, instance, ADMIN);
      var container =
          ContainerDefinition.builder().name("app").image("app").memory(16).essential(true).build();
      admin.registerTaskDefinition(
          r -> r.family("app").taskRoleArn(ROLE).containerDefinitions(container));
      assertThat(
              Processes.await(
                  Duration.ofSeconds(20),
                  () ->
                      admin
                          .describeContainerInstances(r -> r.containerInstances(instance))
                          .containerInstances()
                          .getFirst()
                          .agentConnected()))
          .isTrue();
      String arn = admin.runTask(r -> r.taskDefinition("app")).tasks().getFirst().taskArn();
      taskId = arn.substring(arn.lastIndexOf('/') + 1);
      var order = payload.arrived.get(20, TimeUnit.SECONDS).tasks().getFirst();
      keys = Objects.requireNonNull(order.roleCredentials());
    }
  }

  @AfterAll
  void stop() {
    plane.close();
    http.close();
  }

  @Test
  void aTaskActsAsItsRole() {
    var container = ContainerDefinition.builder().name("x").image("x").memory(16).build();
    try (EcsClient task = client(session(keys.sessionToken(), keys.secretAccessKey()))) {
      assertThat(
              task.registerTaskDefinition(r -> r.family("mine").containerDefinitions(container))
                  .taskDefinition()
                  .registeredBy())
          .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/reader/" + taskId);
      task.createCluster(r -> r.clusterName("default"));
      assertThat(task.listTasks().taskArns())
          .containsExactly("arn:aws:ecs:us-east-1:" + ACCOUNT + ":task/default/" + taskId);
    }
  }

  @Test
  void itsKeysOutliveTheControlPlane() throws IOException {
    plane.close();
    plane = open();
    try (EcsClient task = client(session(keys.sessionToken(), keys.secretAccessKey()))) {
      assertThat(task.listClusters().clusterArns()).hasSize(1);
    }
  }

  @Test
  void everyPartOfItsKeysMustMatch() {
    String token = String.valueOf(keys.sessionToken());
    String secret = String.valueOf(keys.secretAccessKey());
    String invalid = "The security token included in the request is invalid.";
    refused(session(token.substring(1), secret), "UnrecognizedClientException", invalid);
    refused(session("anything", secret), "UnrecognizedClientException", invalid);
    refused(
        AwsSessionCredentials.create(ADMIN.accessKeyId(), ADMIN.secretAccessKey(), token),
        "UnrecognizedClientException",
        invalid);
    refused(
        AwsBasicCredentials.create(String.valueOf(keys.accessKeyId()), secret),
        "UnrecognizedClientException",
        invalid);
    refused(session(token, "wrong"), "InvalidSignatureException", "does not match");
  }

  @Test
  void agentsAreToldTheAddressThatTheyUsed() {
    for (String host : List.of("127.0.0.1", "localhost")) {
      try (EcsClient ecs = client(host, ADMIN)) {
        var told = ecs.discoverPollEndpoint(r -> r.cluster("default"));
        assertThat(told.endpoint()).isEqualTo("http://" + host + ":" + plane.port() + "/acs");
        assertThat(told.telemetryEndpoint())
            .isEqualTo("http://" + host + ":" + plane.port() + "/tcs");
      }
    }
  }

  private void refused(AwsCredentials credentials, String code, String text) {
    try (EcsClient ecs = client(credentials)) {
      assertThatThrownBy(ecs::listClusters)
          .isInstanceOfSatisfying(
              EcsException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                assertThat(e.awsErrorDetails().errorMessage()).contains(text);
              });
    }
  }

  private AwsCredentials session(@Nullable String token, @Nullable String secret) {
    return AwsSessionCredentials.create(
        String.valueOf(keys.accessKeyId()), String.valueOf(secret), String.valueOf(token));
  }

  private static ControlPlane open() throws IOException {
    return ControlPlane.start(
        new ControlPlane.Config(
            data,
            ListenerConfig.of("127.0.0.1", 0),
            null,
            Lease.USUAL,
            Policy.VERIFIED,
            KEYS,
            new LuceneHistory(data.resolve("history"), HistoryLimits.USUAL),
            fatal -> {
              throw new AssertionError(fatal);
            }));
  }

  private EcsClient client(AwsCredentials credentials) {
    return client("127.0.0.1", credentials);
  }

  private EcsClient client(String host, AwsCredentials credentials) {
    return EcsClient.builder()
        .endpointOverride(URI.create("http://" + host + ":" + plane.port()))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  private static Attribute has(String capability) {
    return Attribute.builder().name(capability).build();
  }

  private static Resource whole(String name) {
    return Resource.builder().name(name).type("INTEGER").integerValue(1024).build();
  }
}
