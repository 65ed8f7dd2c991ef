package dev.roadstead.control.node;

import dev.roadstead.engine.loop.Work;
import dev.roadstead.link.LinkMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a session wants done: messages to send in their order, work for the engine, and perhaps an
/// end of the connection. Filled by a session, emptied by its shell.
public final class Turn<M extends LinkMessage> {
  private final List<M> messages = new ArrayList<>();
  private final List<Work<?>> work = new ArrayList<>();
  private @Nullable Closing closing;

  /// An end of a connection.
  ///
  /// @param code of the websocket's close frame
  public record Closing(int code, String reason) {
    /// Agents take this code as orderly and connect again at once.
    public static final int ORDERLY = 1000;

    static Closing orderly(String reason) {
      return new Closing(ORDERLY, reason);
    }
  }

  void send(M message) {
    messages.add(message);
  }

  void submit(Work<?> one) {
    work.add(one);
  }

  void close(Closing how) {
    closing = how;
  }

  public List<M> messages() {
    return List.copyOf(messages);
  }

  public List<Work<?>> work() {
    return List.copyOf(work);
  }

  /// Null when the connection stays open.
  public @Nullable Closing closing() {
    return closing;
  }
}
