package dev.roadstead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.client.Listing;
import dev.roadstead.server.host.Missing;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints a cluster: its instances, services and tasks.
@Command(
    name = "status",
    description = "Shows the instances, services and tasks of a cluster.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--server", paramLabel = "URL", description = "default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:" + Defaults.PORT);

  @Option(names = "--cluster", paramLabel = "NAME", description = "default: ${DEFAULT-VALUE}")
  private String cluster = "default";

  @Override
  public Integer call() throws IOException {
    Listing listing = new Listing(Api.of(server, System.getenv()), cluster);
    try {
      print(listing);
    } catch (ConnectException _) {
      throw new Missing(
          "No Roadstead answers at "
              + server
              + ". Start one with `./roadstead up`, or give --server URL.");
    }
    return 0;
  }

  private void print(Listing listing) throws IOException {
    JsonNode row = listing.cluster();
    say(
        "cluster %s: %s, %d running, %d pending"
            .formatted(
                row.path("clusterName").asText(),
                row.path("status").asText(),
                row.path("runningTasksCount").asInt(),
                row.path("pendingTasksCount").asInt()));
    for (JsonNode instance : listing.instances()) {
      say(
          "instance %s: %s, agent %s, %d tasks, free cpu %d memory %d"
              .formatted(
                  tail(instance.path("containerInstanceArn")),
                  instance.path("status").asText(),
                  instance.path("agentConnected").asBoolean() ? "connected" : "away",
                  instance.path("runningTasksCount").asInt(),
                  Listing.resource(instance.path("remainingResources"), "CPU"),
                  Listing.resource(instance.path("remainingResources"), "MEMORY")));
    }
    for (JsonNode service : listing.services()) {
      say(
          "service %s: %s, %d of %d running, %s"
              .formatted(
                  service.path("serviceName").asText(),
                  service.path("status").asText(),
                  service.path("runningCount").asInt(),
                  service.path("desiredCount").asInt(),
                  tail(service.path("taskDefinition"))));
    }
    for (JsonNode task : listing.tasks()) {
      say(
          "task %s: %s, %s%s"
              .formatted(
                  tail(task.path("taskArn")),
                  task.path("lastStatus").asText(),
                  tail(task.path("taskDefinitionArn")),
                  ports(task)));
    }
  }

  private static String ports(JsonNode task) {
    StringBuilder text = new StringBuilder();
    for (JsonNode container : task.path("containers")) {
      for (JsonNode binding : container.path("networkBindings")) {
        text.append(", port ").append(binding.path("hostPort").asInt());
        text.append(" to ").append(binding.path("containerPort").asInt());
      }
    }
    return text.toString();
  }

  private static String tail(JsonNode arn) {
    String text = arn.asText();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
