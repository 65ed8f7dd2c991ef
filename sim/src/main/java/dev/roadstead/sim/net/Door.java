package dev.roadstead.sim.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server as those see it who connect to it.
public interface Door {
  /// Whether somebody listens.
  boolean open();

  /// Performs a call; the answer comes through the connection.
  void call(Cable cable, Request request, Answered answered);

  /// Takes an agent's socket, or says why not: the name of an exception.
  @Nullable String accept(Cable cable, Upgrade upgrade, SocketEnd agent);

  /// The server's end of a socket that was accepted, by its connection; called as messages arrive.
  void received(Cable cable, String text);

  /// The machine's end is closed.
  ///
  /// @param orderly whether the agent said so
  void closed(Cable cable, boolean orderly);

  /// A call of the API, with JSON.
  record Request(String operation, String json) {
    /// One whose JSON is there as UTF-8.
    public static Request of(String operation, byte[] json) {
      return new Request(operation, new String(json, StandardCharsets.UTF_8));
    }
  }

  /// A socket that is asked for.
  ///
  /// @param telemetry TCS rather than ACS
  record Upgrade(boolean telemetry, Map<String, List<String>> query) {}

  /// What a call was answered with.
  ///
  /// @param code empty when it succeeded
  /// @param body the answer's JSON, or the message of a refusal
  record Answer(int status, String code, String body) {
    /// The body as UTF-8.
    public byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the caller may believe that it was done.
    public boolean ok() {
      return status == 200;
    }
  }

  /// Takes an answer where it arrives.
  @FunctionalInterface
  interface Answered {
    void take(Answer answer);
  }

  /// The agent's end of a socket.
  interface SocketEnd {
    void received(String text);

    void closed();
  }
}
