package dev.roadstead.wire.api;

import java.util.List;
import java.util.SequencedMap;

/// Websockets, as seen by those who serve them.
public final class Sockets {
  private Sockets() {}

  /// An upgrade request whose signature has been checked.
  ///
  /// @param path for example `/acs/ws`
  /// @param query decoded; each name with its values in order
  public record Upgrade(String path, SequencedMap<String, List<String>> query, Caller caller) {}

  /// Decides about an upgrade. Throws {@link Refusal}: answered with its status and the body
  /// `{"type": code, "message": {"message": text}}`.
  @FunctionalInterface
  public interface Acceptor {
    Session accept(Upgrade upgrade);
  }

  /// One side of an open socket: ours. Its calls come one at a time, on a virtual thread.
  public interface Session {
    void opened(Peer peer);

    void received(String text);

    /// The socket is gone, for whatever reason. Called once.
    void closed(int code, String reason);
  }

  /// The other side.
  public interface Peer {
    /// Sends a text message. Blocks while the peer reads slowly; throws when the socket is gone or
    /// stays blocked too long. Safe from any thread.
    void send(String text);

    /// Closes the socket. Safe from any thread; closing twice does nothing.
    void close(int code, String reason);
  }
}
