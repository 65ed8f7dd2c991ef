package dev.roadstead.engine.log;

/// What is on disk is damaged in a way that no crash explains. Start-up stops with this message
/// rather than lose what was acknowledged.
public final class CorruptData extends RuntimeException {
  public CorruptData(String message) {
    super(message);
  }
}
