package dev.roadstead.sim;

/// How much happens in a run.
///
/// @param machines container instances
/// @param seconds of trouble, before the liveness phase
/// @param services whether callers use services, drain and deregister
/// @param faults whether anything fails by itself
public record Scale(int machines, int seconds, boolean services, boolean faults) {
  /// As `./roadstead sim` runs it.
  public static Scale usual() {
    return new Scale(3, 120, true, true);
  }

  /// Tasks only, and nothing fails.
  public static Scale calm() {
    return new Scale(3, 60, false, false);
  }
}
