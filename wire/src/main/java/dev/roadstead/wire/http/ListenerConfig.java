package dev.roadstead.wire.http;

/// Where to listen.
///
/// @param bind an IP address or host name of this machine
/// @param port 0 for any free one
public record ListenerConfig(String bind, int port, Limits limits) {
  private static final int PORT_MAX = 65_535;

  public ListenerConfig {
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port must be between 0 and " + PORT_MAX + ": " + port);
    }
  }

  public static ListenerConfig of(String bind, int port) {
    return new ListenerConfig(bind, port, Limits.standard());
  }
}
