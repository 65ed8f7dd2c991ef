package dev.roadstead.agent.engine;

/// The engine refused, failed or could not be reached. The message is the engine's own.
public final class EngineTrouble extends Exception {
  /// What kind of trouble.
  public enum Kind {
    /// No answer: the engine is down, starting, or took too long.
    UNREACHABLE,
    TIMEOUT,
    NOT_FOUND,
    /// A name is taken, or the container is in a state that does not allow the call.
    CONFLICT,
    /// Anything else.
    REFUSED
  }

  private final Kind kind;

  public EngineTrouble(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
