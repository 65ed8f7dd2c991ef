package dev.roadstead.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.client.Listing;
import dev.roadstead.server.host.EngineSocket;
import dev.roadstead.server.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// A service of one task that shows a page.
///
/// @param scratch where the image is put together
public record Demo(Api api, String cluster, EngineSocket engine, Path scratch) {
  static final String SERVICE = "demo";
  private static final String FAMILY = "roadstead-demo";
  private static final int MEMORY_MIB = 128;
  private static final Duration RUNNING = Duration.ofMinutes(2);
  private static final int PATIENCE_MILLIS = 1000;

  /// Deploys the service unless it is there, waits until it serves, and returns the page's URL.
  public URI deploy() throws IOException {
    DemoImage.ensure(engine, scratch);
    ObjectNode described = Api.object().put("cluster", cluster);
    described.putArray("services").add(SERVICE);
    JsonNode known = api.call("DescribeServices", described).path("services").path(0);
    if (!known.path("status").asText().equals("ACTIVE")) {
      create();
    }
    AtomicReference<URI> page = new AtomicReference<>();
    if (!Processes.await(RUNNING, () -> serves(page))) {
      throw new IOException(
          "the demo service does not run; see `aws ecs describe-services --services demo`");
    }
    return page.get();
  }

  private void create() throws IOException {
    ObjectNode definition = Api.object().put("family", FAMILY);
    ObjectNode container = definition.putArray("containerDefinitions").addObject();
    container.put("name", "web").put("image", DemoImage.NAME);
    container.put("memory", MEMORY_MIB).put("essential", true);
    container.putArray("portMappings").addObject().put("containerPort", DemoImage.PORT);
    container.putArray("entryPoint").add("/java/bin/java");
    container
        .putArray("command")
        .add("-Xmx16m")
        .add("-XX:+UseSerialGC")
        .add("--module")
        .add("jdk.httpserver")
        .add("-b")
        .add("0.0.0.0")
        .add("-p")
        .add(Integer.toString(DemoImage.PORT))
        .add("-d")
        .add("/www");
    String arn =
        api.call("RegisterTaskDefinition", definition)
            .path("taskDefinition")
            .path("taskDefinitionArn")
            .asText();
    api.call(
        "CreateService",
        Api.object()
            .put("cluster", cluster)
            .put("serviceName", SERVICE)
            .put("taskDefinition", arn)
            .put("desiredCount", 1));
  }

  private boolean serves(AtomicReference<URI> page) {
    try {
      for (JsonNode task : new Listing(api, cluster).tasks()) {
        int port = task.at("/containers/0/networkBindings/0/hostPort").asInt();
        boolean ours = task.path("group").asText().equals("service:" + SERVICE);
        if (ours && task.path("lastStatus").asText().equals("RUNNING") && port > 0) {
          URI uri = URI.create("http://127.0.0.1:" + port + "/");
          page.set(uri);
          return answers(uri);
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(URI page) {
    try {
      HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException _) {
      return false;
    }
  }
}
