package dev.roadstead.sim;

import dev.roadstead.sim.server.Plant;
import java.time.Duration;
import java.util.Locale;

/// `./roadstead sim [--seeds N] [--from S] [--aloud]`. Exit codes: 0 all held, 1 a seed failed, 2
/// wrong use.
public final class Main {
  private static final String USAGE =
      """
      Usage: roadstead sim [--seeds N] [--from S] [--aloud] [--plant DEFECT]

      Runs the whole system in one thread under virtual time with faults, one run per seed: control
      plane, engine, disk, agents, containers, callers. Same seed, same run.
        --seeds  how many, default 100
        --from   the first, default 1
        --aloud  print all that happens
        --plant  a defect to be found: SKIPPED_FSYNC, HASTY_ANSWER, FORGOTTEN_MACHINE
      """;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    long seeds = 100;
    long from = 1;
    boolean aloud = false;
    Plant plant = Plant.NONE;
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
          case "--from" -> from = Long.parseLong(arguments[++i]);
          case "--aloud" -> aloud = true;
          case "--plant" -> plant = Plant.valueOf(arguments[++i]);
          default -> {
            System.out.print(USAGE);
            return arguments[i].equals("--help") ? 0 : 2;
          }
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      System.out.print(USAGE);
      return 2;
    }
    return run(from, seeds, plant, aloud);
  }

  private static int run(long from, long seeds, Plant plant, boolean aloud) {
    long began = System.nanoTime();
    Totals totals = new Totals();
    for (long seed = from; seed < from + seeds; seed++) {
      Outcome outcome = new Simulation(seed, Scale.usual(), plant, aloud).run();
      totals.add(outcome);
      if (outcome.failed()) {
        System.out.println(Report.of(outcome));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.println(totals.text(seconds));
    return totals.failed == 0 ? 0 : 1;
  }

  private static final class Totals {
    private long runs;
    private long failed;
    private long events;
    private long faults;
    private long promises;
    private long hash;
    private Duration lasted = Duration.ZERO;
    private Duration slowest = Duration.ZERO;

    void add(Outcome outcome) {
      runs++;
      failed += outcome.failed() ? 1 : 0;
      events += outcome.events();
      faults += outcome.faults();
      promises += outcome.promises();
      hash = hash * 31 + outcome.hash();
      lasted = lasted.plus(outcome.lasted());
      slowest = outcome.converged().compareTo(slowest) > 0 ? outcome.converged() : slowest;
    }

    String text(double seconds) {
      return String.format(
          Locale.ROOT,
          "%d seeds, %d failed; %.1f virtual hours, %d faults, %d promises, %d events; slowest to"
              + " rest %d s; hash %016x; %.1f s, %.1f seeds/s",
          runs,
          failed,
          lasted.toSeconds() / 3600.0,
          faults,
          promises,
          events,
          slowest.toSeconds(),
          hash,
          seconds,
          runs / seconds);
    }
  }
}
