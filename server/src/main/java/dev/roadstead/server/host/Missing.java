package dev.roadstead.server.host;

/// Something the user must supply first. The message says what is wrong and the remedy, in
/// sentences for the terminal; the command exits with 2.
public final class Missing extends RuntimeException {
  public Missing(String message) {
    super(message, null, false, false);
  }
}
