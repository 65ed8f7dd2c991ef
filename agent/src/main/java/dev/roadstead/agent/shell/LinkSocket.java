package dev.roadstead.agent.shell;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One websocket to the control plane. Messages are taken by one thread, sent by any.
final class LinkSocket implements AutoCloseable {
  /// Source: Amazon's agent reads up to 1 MiB; ours leaves room for a large payload.
  private static final int MESSAGE_CHARS_MAX = 4 * 1024 * 1024;

  /// Messages not yet taken; the server is not read further until some are.
  private static final int WAITING_MAX = 1000;

  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(3);

  /// An upgrade that was answered otherwise.
  static final class Refused extends Exception {
    private final String body;

    Refused(int status, String body) {
      super("the upgrade was answered with status " + status);
      this.body = body;
    }

    /// True when the answer names this exception, in either of the shapes in use.
    boolean names(String exception) {
      return body.contains("\"" + exception + "\"") || body.contains("#" + exception + "\"");
    }
  }

  private sealed interface Item {
    record Text(String text) implements Item {}

    record End(int code) implements Item {}
  }

  private final Inbox inbox;
  private final WebSocket socket;

  private LinkSocket(Inbox inbox, WebSocket socket) {
    this.inbox = inbox;
    this.socket = socket;
  }

  static LinkSocket connect(HttpClient http, URI uri, Map<String, String> headers)
      throws Refused, ApiTrouble, InterruptedException {
    var inbox = new Inbox();
    var builder = http.newWebSocketBuilder().connectTimeout(HANDSHAKE_TIMEOUT);
    headers.forEach(builder::header);
    CompletableFuture<WebSocket> opening = builder.buildAsync(uri, inbox);
    try {
      return new LinkSocket(inbox, opening.get(HANDSHAKE_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        HttpResponse<?> response = refusal.getResponse();
        throw new Refused(response.statusCode(), text(response.body()));
      }
      throw new ApiTrouble(0, "", uri.getAuthority() + " cannot be reached: " + e.getCause());
    } catch (TimeoutException e) {
      // It may still open, and then nobody would read it.
      var _ = opening.thenAccept(WebSocket::abort);
      throw new ApiTrouble(0, "", uri.getAuthority() + " does not answer");
    }
  }

  private static String text(@Nullable Object body) {
    return switch (body) {
      case null -> "";
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      default -> body.toString();
    };
  }

  /// The next message; null when the socket is closed or nothing came in time.
  @Nullable String take(Duration atMost) throws InterruptedException {
    Item item = inbox.received.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    return switch (item) {
      case null -> null;
      case Item.Text text -> {
        socket.request(1);
        yield text.text();
      }
      case Item.End _ -> null;
    };
  }

  synchronized void send(String text) throws ApiTrouble, InterruptedException {
    try {
      socket.sendText(text, true).get(SEND_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      socket.abort();
      throw new ApiTrouble(0, "", "the socket does not take a message: " + e.getMessage());
    }
  }

  /// Says goodbye, without waiting for the answer.
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      try {
        socket
            .sendClose(WebSocket.NORMAL_CLOSURE, "the agent is leaving")
            .orTimeout(1, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        socket.abort();
        return;
      }
    }
    socket.abort();
  }

  /// Collects parts of messages. Never blocks: all sockets share the threads that call it.
  private static final class Inbox implements WebSocket.Listener {
    /// At most {@link #WAITING_MAX} messages, which is all that is asked for, and an end.
    final LinkedBlockingQueue<Item> received = new LinkedBlockingQueue<>();

    private final StringBuilder parts = new StringBuilder();

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(WAITING_MAX);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (parts.length() > MESSAGE_CHARS_MAX) {
        socket.abort();
        received.add(new Item.End(1009));
        return null;
      }
      if (last) {
        received.add(new Item.Text(parts.toString()));
        parts.setLength(0);
      } else {
        socket.request(1); // the rest of this message
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      received.add(new Item.End(code));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      received.add(new Item.End(1006));
    }
  }
}
