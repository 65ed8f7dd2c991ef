package dev.roadstead.base;

/// A broken promise of our own code. Nobody catches it to carry on: a server steps down and exits,
/// an agent stops the task concerned with a reason.
public final class Bug extends RuntimeException {
  public Bug(String message) {
    super(message);
  }

  public Bug(String message, Throwable cause) {
    super(message, cause);
  }
}
