package dev.roadstead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.control.ecs.why.Reason;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.host.Missing;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints why something is in the state it is in.
@Command(
    name = "why",
    description =
        "Says why a task, service, deployment, container instance or cluster is as it is.",
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--server", paramLabel = "URL", description = "default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:" + Defaults.PORT);

  @Parameters(
      paramLabel = "ARN",
      description =
          "of a task, service, service deployment, container instance or cluster; or cluster/name")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    JsonNode found;
    try {
      found = Api.of(server, System.getenv()).why(name);
    } catch (ConnectException _) {
      throw new Missing(
          "No Roadstead answers at "
              + server
              + ". Start one with `./roadstead up`, or give --server URL.");
    }
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(print(found));
      out.flush();
    }
    return found.path("reason").asText().equals(Reason.NOT_FOUND.code()) ? 1 : 0;
  }

  /// The answer as it is printed, without a line break at the end.
  static String print(JsonNode found) {
    StringBuilder text = new StringBuilder(found.path("subject").asText());
    text.append("\ncause:    ").append(found.path("reason").asText());
    text.append(": ").append(found.path("cause").asText());
    for (JsonNode one : found.path("evidence")) {
      text.append("\nevidence: ").append(one.asText());
    }
    if (found.hasNonNull("since")) {
      long millis = Math.round(found.path("since").asDouble() * 1000);
      text.append("\nsince:    ").append(Instant.ofEpochMilli(millis));
    }
    return text.append("\nchange:   ").append(found.path("change").asText()).toString();
  }
}
