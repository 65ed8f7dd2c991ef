package dev.roadstead.server.cli;

import dev.roadstead.agent.shell.AgentId;
import dev.roadstead.server.host.Containers;
import dev.roadstead.server.host.DataDirectory;
import dev.roadstead.server.host.DockerChoice;
import dev.roadstead.server.host.DockerRecord;
import dev.roadstead.server.host.Missing;
import dev.roadstead.server.host.PrivateDocker;
import dev.roadstead.server.host.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Stops what runs in a data directory; with `--containers`, also the containers it made.
@Command(
    name = "down",
    description = "Stops the up, server or agent of a data directory.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final Duration STOP = Duration.ofSeconds(30);

  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "default: ${DEFAULT-VALUE}")
  private Path data = Defaults.data();

  @Option(names = "--containers", description = "Also stop and remove the containers it made.")
  private boolean containers;

  @Override
  public Integer call() throws IOException {
    Path directory = data.toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new Missing(directory + " is no data directory. Give --data DIR.");
    }
    say(stop(directory) ? "Stopped." : "Nothing was running in " + directory + ".");
    if (containers) {
      say("Removed " + remove(directory) + " containers.");
    } else {
      PrivateDocker.end(directory);
    }
    return 0;
  }

  private static boolean stop(Path directory) {
    Long pid = Processes.read(DataDirectory.pidFile(directory));
    if (pid == null || !DataDirectory.taken(directory) || !Processes.runs(pid)) {
      return false;
    }
    Processes.end(pid, STOP);
    return true;
  }

  private static int remove(Path directory) throws IOException {
    DockerRecord record = DockerRecord.read(directory);
    if (record == null) {
      return 0;
    }
    try (DockerChoice docker =
        DockerChoice.choose(record.owned() ? null : record.host(), directory)) {
      Containers made = new Containers(docker.engine());
      AgentId agent = AgentId.read(directory.resolve("agent"));
      return record.owned() ? made.removeAll() : agent == null ? 0 : made.removeOf(agent);
    } finally {
      if (record.owned()) {
        PrivateDocker.clear(directory);
      }
    }
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
