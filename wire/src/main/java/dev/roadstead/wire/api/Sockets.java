package dev.roadstead.wire.api;

import java.time.Duration;
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

  /// One side of an open socket: ours. Its calls come one at a time, on a thread that serves other
  /// connections too, so none may block.
  public interface Session {
    void opened(Peer peer);

    void received(String text);

    /// The peer is ready again after it was not.
    default void ready() {}

    /// The socket is gone, for whatever reason. Called once.
    void closed(int code, String reason);
  }

  /// The other side. Safe from any thread.
  public interface Peer {
    /// Sends a text message. Never blocks: what the peer has not read yet waits here. Throws
    /// {@link java.io.UncheckedIOException} when the socket is gone or too much waits.
    void send(String text);

    /// Whether the peer keeps up. Who has much to say stops when it does not, until
    /// {@link Session#ready}; messages of the peer are not read meanwhile. A peer that is not ready
    /// for long is disconnected.
    boolean isReady();

    /// Does work on the thread of the session's calls, between two of them; also after the end.
    void execute(Runnable work);

    /// As {@link #execute}, but not before this time has passed.
    void executeAfter(Duration delay, Runnable work);

    /// Closes the socket. Closing twice does nothing.
    void close(int code, String reason);
  }
}
