package dev.roadstead.link.codec;

/// Text that is no message: not JSON, no envelope, a field of a wrong type, or beyond the bounds.
/// The text itself is not quoted, as it may hold credentials.
public final class MalformedMessage extends RuntimeException {
  public MalformedMessage(String message) {
    super(message);
  }
}
