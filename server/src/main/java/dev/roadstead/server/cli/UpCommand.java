package dev.roadstead.server.cli;

import dev.roadstead.server.boot.AllInOne;
import dev.roadstead.server.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a whole Roadstead on this machine, in the foreground.
@Command(
    name = "up",
    description = "Runs a control plane and an agent on this machine, in the foreground.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--port", paramLabel = "N", description = "default: ${DEFAULT-VALUE}; 0: any")
  private int port = Defaults.PORT;

  @Option(names = "--data", paramLabel = "DIR", description = "default: ${DEFAULT-VALUE}")
  private Path data = Defaults.data();

  @Option(
      names = "--docker-host",
      paramLabel = "URI",
      description = "unix:///path or tcp://host:port; without it Roadstead looks for one.")
  private @Nullable String dockerHost;

  @Option(names = "--cluster", paramLabel = "NAME", description = "default: ${DEFAULT-VALUE}")
  private String cluster = "default";

  @Mixin private final HistoryOptions history = new HistoryOptions();

  @Option(names = "--demo", description = "Also run a sample service that needs no registry.")
  private boolean demo;

  @Override
  public Integer call() throws IOException {
    AllInOne all =
        AllInOne.open(new AllInOne.Config(data, port, dockerHost, cluster, history.limits()));
    URI endpoint = all.api().endpoint();
    say("Roadstead is ready: " + endpoint);
    say("");
    say("Point the AWS CLI at it:");
    say("  export AWS_ENDPOINT_URL=" + endpoint + " AWS_REGION=" + all.api().region());
    say("  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test");
    say("  aws ecs list-container-instances --cluster " + cluster);
    say("An AWS CLI older than 2.13 or 1.29 wants the address as an option:");
    say("  aws --endpoint-url " + endpoint + " --region " + all.api().region() + " ecs …");
    if (demo) {
      say("Demo page: " + new Demo(all.api(), cluster, all.docker().engine(), data).deploy());
    }
    Throwable trouble = all.awaitFatal();
    all.close();
    throw new IllegalStateException("Roadstead cannot go on: " + trouble, trouble);
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
