package dev.roadstead.server.cli;

import dev.roadstead.control.node.Lease;
import dev.roadstead.server.boot.ControlPlane;
import dev.roadstead.server.boot.CredentialsFile;
import dev.roadstead.server.boot.Servers;
import dev.roadstead.server.host.DataDirectory;
import dev.roadstead.server.host.Missing;
import dev.roadstead.server.node.OwnAddress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a control-plane member, in the foreground.
@Command(
    name = "server",
    description = "Runs a control-plane member, in the foreground.",
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "Where state is.")
  private @Nullable Path data;

  @Option(names = "--port", paramLabel = "N", description = "default: ${DEFAULT-VALUE}; 0: any")
  private int port = Defaults.PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "default: ${DEFAULT-VALUE}. Beyond loopback every signature is verified.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--advertise",
      paramLabel = "URL",
      description =
          "Where agents reach this server, when not where they called it: behind a proxy that ends"
              + " TLS or rewrites addresses.")
  private @Nullable String advertise;

  @Option(
      names = "--lost-after",
      paramLabel = "SECONDS",
      description =
          "When the service tasks of an instance whose agent is gone are replaced; default:"
              + " ${DEFAULT-VALUE}.")
  private int lostAfterSeconds = (int) Lease.USUAL.length().toSeconds();

  @Mixin private final HistoryOptions history = new HistoryOptions();

  @Option(names = "--node-id", paramLabel = "ID", description = "This member among its peers.")
  private @Nullable String nodeId;

  @Option(names = "--peers", paramLabel = "ID=HOST:PORT,…", description = "All members.")
  private @Nullable String peers;

  @Override
  public Integer call() {
    if (nodeId != null || peers != null) {
      throw new Missing(
          "This release runs one control-plane member; leave out --node-id and --peers.");
    }
    if (data == null) {
      throw new Missing("Give --data DIR.");
    }
    String advertised = advertise == null ? null : OwnAddress.advertised(advertise);
    if (advertise != null && advertised == null) {
      throw new Missing("Give --advertise as http://HOST:PORT or https://HOST:PORT.");
    }
    DataDirectory directory = DataDirectory.open(data);
    CredentialsFile credentials =
        Servers.isLoopback(bind) ? null : CredentialsFile.open(directory.path());
    CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    ControlPlane control =
        Servers.start(
            new Servers.Config(
                directory.path(), bind, port, advertised, lease(), history.limits(), credentials),
            fatal::complete);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  control.close();
                  directory.close();
                },
                "exit"));
    say("Roadstead is ready: " + control.url());
    if (credentials != null) {
      say("The administrator's key: export AWS_SHARED_CREDENTIALS_FILE=" + credentials.path());
    }
    Throwable trouble = fatal.join();
    throw new IllegalStateException("Roadstead cannot go on: " + trouble, trouble);
  }

  private Lease lease() {
    if (lostAfterSeconds < 0) {
      throw new Missing("Give --lost-after as 0 or more seconds.");
    }
    return new Lease(Duration.ofSeconds(lostAfterSeconds));
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
