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

  /// Messages not yet taken; the server sends few and waits for acknowledgements.
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

  private final LinkedBlockingQueue<Item> received = new LinkedBlockingQueue<>(WAITING_MAX);
  private final WebSocket socket;

  private LinkSocket(Inbox inbox, WebSocket socket) {
    this.socket = socket;
    inbox.open.complete(received);
  }

  static LinkSocket connect(HttpClient http, URI uri, Map<String, String> headers)
      throws Refused, ApiTrouble, InterruptedException {
    var inbox = new Inbox();
    var builder = http.newWebSocketBuilder().connectTimeout(HANDSHAKE_TIMEOUT);
    headers.forEach(builder::header);
    try {
      WebSocket socket =
          builder.buildAsync(uri, inbox).get(HANDSHAKE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return new LinkSocket(inbox, socket);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        HttpResponse<?> response = refusal.getResponse();
        throw new Refused(response.statusCode(), text(response.body()));
      }
      throw new ApiTrouble(0, "", uri.getAuthority() + " cannot be reached: " + e.getCause());
    } catch (TimeoutException e) {
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
    Item item = received.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    return switch (item) {
      case null -> null;
      case Item.Text text -> text.text();
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

  /// Collects parts of messages.
  private static final class Inbox implements WebSocket.Listener {
    final CompletableFuture<LinkedBlockingQueue<Item>> open = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (parts.length() > MESSAGE_CHARS_MAX) {
        socket.abort();
        put(new Item.End(1009));
        return null;
      }
      if (last) {
        put(new Item.Text(parts.toString()));
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      put(new Item.End(code));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      put(new Item.End(1006));
    }

    private void put(Item item) {
      try {
        open.join().put(item);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
