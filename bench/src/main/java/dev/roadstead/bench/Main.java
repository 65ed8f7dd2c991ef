package dev.roadstead.bench;

import dev.roadstead.server.host.Missing;
import java.util.Arrays;
import java.util.List;

/// `./roadstead bench NAME [--option value]…`. Exit codes: 0 measured, 1 failed, 2 wrong use or
/// something missing.
public final class Main {
  private static final String USAGE =
      """
      Usage: roadstead bench NAME [--option value]...

      start    how soon `up` is ready and how much memory it keeps
               --rounds 5  --idle-seconds 10  --docker-host URI (default: a private engine)
      launch   RunTask to RUNNING against `docker run -d`, alternating
               --rounds 20  --docker-host URI (default: a private engine)
      api      RunTask and DescribeTasks per second, with fake agents over real sockets
               --connections 64  --agents 16  --warm-seconds 30  --seconds 10
               --profile FILE (a flight recording of the server)
      fleet    services scaled from nothing on many fake agents; then one agent in a hundred goes
               --agents 10000  --services 60  --tasks 300000  --profile FILE
      placement
               placement decisions per second in one thread, without HTTP and log, for 1,000,
               5,000 and 10,000 container instances with 100 tasks each
               --batch 10 (tasks of a call)  --instances 10000 (of the largest cluster)

      why      how long `why` takes on many fake instances, each cause checked
               --agents 1000  --rounds 20

      Every command: --work DIR (default: a new directory under the system's temporary one).
      Prints one JSON line per figure; progress goes to standard error.
      """;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.contains("--help")) {
      System.out.print(USAGE);
      return arguments.isEmpty() ? 2 : 0;
    }
    try {
      Options options = Options.of(arguments.subList(1, arguments.size()));
      switch (arguments.getFirst()) {
        case "start" -> new StartBench(options).run();
        case "launch" -> new LaunchBench(options).run();
        case "api" -> new ApiBench(options).run();
        case "fleet" -> new FleetBench(options).run();
        case "placement" -> new PlacementBench(options).run();
        case "why" -> new WhyBench(options).run();
        default -> throw new Missing("There is no bench `" + arguments.getFirst() + "`.\n" + USAGE);
      }
      return 0;
    } catch (Missing e) {
      System.err.println("roadstead bench: " + e.getMessage());
      return 2;
    } catch (Exception e) {
      e.printStackTrace();
      return 1;
    }
  }
}
