package dev.roadstead.sim.audit;

/// A law of the system is broken. Ends the run.
public final class Violation extends RuntimeException {
  public Violation(String law) {
    super(law);
  }

  /// Throws when it does not hold.
  static void unless(boolean holds, String law) {
    if (!holds) {
      throw new Violation(law);
    }
  }
}
