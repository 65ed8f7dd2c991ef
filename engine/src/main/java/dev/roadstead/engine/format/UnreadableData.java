package dev.roadstead.engine.format;

/// What is on disk cannot be read by this release, though its checksum is right. Start-up stops
/// with this message.
public final class UnreadableData extends RuntimeException {
  public UnreadableData(String message) {
    super(message);
  }

  public UnreadableData(String message, Throwable cause) {
    super(message, cause);
  }
}
