package dev.roadstead.server.cli;

import dev.roadstead.agent.shell.Agent;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.server.boot.Agents;
import dev.roadstead.server.boot.CredentialsFile;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.host.DataDirectory;
import dev.roadstead.server.host.DockerChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Runs a container instance, in the foreground.
@Command(
    name = "agent",
    description = "Makes this machine a container instance of a cluster.",
    mixinStandardHelpOptions = true,
    footer =
        "Signs with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the data directory's"
            + " credentials file. Reads the settings of Amazon's agent (ECS_…).")
final class AgentCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      split = ",",
      description = "The control plane; several are tried in turn.")
  private List<URI> servers = List.of();

  @Option(names = "--cluster", paramLabel = "NAME", required = true)
  private String cluster = "default";

  @Option(names = "--data", paramLabel = "DIR", required = true)
  private Path data = Defaults.data();

  @Option(names = "--docker-host", paramLabel = "URI")
  private @Nullable String dockerHost;

  @Option(names = "--attribute", paramLabel = "K=V", description = "A custom attribute.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(
      names = "--capacity-provider",
      paramLabel = "NAME",
      description = "The capacity provider that this machine belongs to.")
  private @Nullable String capacityProvider;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "Where others reach this machine's containers.")
  private @Nullable String address;

  @Override
  public Integer call() throws IOException {
    DataDirectory directory = DataDirectory.open(data);
    DockerChoice docker = DockerChoice.choose(dockerHost, directory.path());
    if (capacityProvider != null) {
      attributes.put(ContainerInstance.CAPACITY_PROVIDER, capacityProvider);
    }
    Agent agent =
        Agents.start(
            new Agents.Config(
                servers,
                cluster,
                directory.path(),
                docker.engine(),
                docker.owned() != null,
                attributes,
                address,
                caller(directory.path())));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  agent.close();
                  docker.close();
                  directory.close();
                },
                "exit"));
    var _ = agent.registered().thenAccept(arn -> say("Registered: " + arn));
    Throwable trouble = agent.failed().join();
    throw new IllegalStateException("The agent cannot go on: " + trouble, trouble);
  }

  private Api caller(Path directory) {
    Api api = Api.of(servers.getFirst(), System.getenv());
    CredentialsFile file = CredentialsFile.read(directory);
    if (file == null || System.getenv("AWS_ACCESS_KEY_ID") != null) {
      return api;
    }
    return new Api(
        api.endpoint(),
        api.region(),
        AwsCredentialsIdentity.create(file.accessKeyId(), file.secret()));
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
