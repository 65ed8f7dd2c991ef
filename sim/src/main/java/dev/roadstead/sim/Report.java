package dev.roadstead.sim;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A failed run in words.
public final class Report {
  private Report() {}

  /// Seed, last events, and what was broken.
  public static String of(Outcome outcome) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    outcome.tail().forEach(out::println);
    Throwable failure = outcome.failure();
    if (failure != null) {
      failure.printStackTrace(out);
    }
    out.printf(
        "Seed %d failed. Again: ./roadstead sim --from %d --seeds 1",
        outcome.seed(), outcome.seed());
    return text.toString();
  }
}
