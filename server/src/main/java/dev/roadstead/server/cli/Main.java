package dev.roadstead.server.cli;

import dev.roadstead.server.host.Missing;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one `main` of the product.
@Command(
    name = "roadstead",
    description = "A self-hosted Amazon ECS: your containers, AWS's own API.",
    mixinStandardHelpOptions = true,
    version = "roadstead 0.1.0",
    subcommands = {
      UpCommand.class,
      ServerCommand.class,
      AgentCommand.class,
      DownCommand.class,
      StatusCommand.class,
      WhyCommand.class,
      TrainCommand.class
    },
    footer = {
      "",
      "Also: roadstead test (every test; in a clone),",
      "roadstead bench NAME (one JSON line per figure),",
      "roadstead sim (the whole system under virtual time and faults; in a clone)."
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::explain)
        .execute(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
  }

  private static int explain(
      Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (trouble instanceof Missing) {
      err.println(name + ": " + trouble.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    String said = trouble.getMessage();
    err.println(name + ": " + (said == null ? trouble.toString() : said));
    Logger log = LoggerFactory.getLogger(Main.class);
    log.debug("the command failed", trouble);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
