package dev.roadstead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.control.ecs.why.Ecs;
import dev.roadstead.control.ecs.why.Finding;
import dev.roadstead.control.ecs.why.Reason;
import dev.roadstead.control.ecs.why.Why;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.host.Missing;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints why something is in the state it is in.
@Command(
    name = "why",
    description = "Says why a task, service, container instance or cluster is as it is.",
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    Api api = Api.of(server, System.getenv());
    Finding finding;
    try {
      finding = Why.of(new Ecs((operation, request) -> perform(api, operation, request)), name);
    } catch (ConnectException _) {
      throw new Missing(
          "No Roadstead answers at "
              + server
              + ". Start one with `./roadstead up`, or give --server URL.");
    }
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(finding.print());
      out.flush();
    }
    return finding.reason() == Reason.NOT_FOUND ? 1 : 0;
  }

  private static byte @Nullable [] perform(Api api, String operation, byte[] request)
      throws IOException {
    try {
      JsonNode answer = api.call(operation, (ObjectNode) JSON.readTree(request));
      return JSON.writeValueAsBytes(answer);
    } catch (Api.Refused refused) {
      if (refused.code().endsWith("NotFoundException")) {
        return null;
      }
      throw refused;
    }
  }
}
