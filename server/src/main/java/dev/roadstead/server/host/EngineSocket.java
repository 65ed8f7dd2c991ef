package dev.roadstead.server.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A Docker Engine's API in its plainest form: one request per connection. For what must be asked
/// before or without an agent: does it answer, load an image, remove containers.
///
/// @param host `unix:///path` or `tcp://host:port`
public record EngineSocket(URI host) {
  /// An answer is short: a list of this node's containers at worst.
  static final int ANSWER_BYTES_MAX = 16 << 20;

  private static final Duration PING = Duration.ofSeconds(2);

  /// An answer of the engine.
  ///
  /// @param status the HTTP status
  public record Answer(int status, String body) {
    public boolean good() {
      return status / 100 == 2;
    }
  }

  public EngineSocket {
    String scheme = host.getScheme();
    if (!"unix".equals(scheme) && !"tcp".equals(scheme)) {
      throw new Missing(
          "A Docker host is written unix:///path or tcp://host:port, not `" + host + "`.");
    }
  }

  public static EngineSocket of(String host) {
    try {
      return new EngineSocket(URI.create(host));
    } catch (IllegalArgumentException _) {
      throw new Missing(
          "A Docker host is written unix:///path or tcp://host:port, not `" + host + "`.");
    }
  }

  public static EngineSocket unix(Path socket) {
    return new EngineSocket(URI.create("unix://" + socket));
  }

  /// True when an engine answers there.
  public boolean answers() {
    try {
      return request("GET", "/_ping", null, PING).good();
    } catch (IOException _) {
      return false;
    }
  }

  /// Sends one request and reads the whole answer.
  ///
  /// @param path with its query, for example `/containers/json?all=1`
  /// @param body a file to send; null for none
  public Answer request(String method, String path, @Nullable Path body, Duration patience)
      throws IOException {
    try (SocketChannel channel = connect()) {
      Thread watchdog = Thread.startVirtualThread(() -> closeLater(channel, patience));
      try {
        send(channel, method, path, body);
        return receive(channel);
      } finally {
        watchdog.interrupt();
      }
    }
  }

  private SocketChannel connect() throws IOException {
    boolean unix = "unix".equals(host.getScheme());
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(host.getPath())
            : new InetSocketAddress(host.getHost(), host.getPort());
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void closeLater(SocketChannel channel, Duration patience) {
    try {
      Thread.sleep(patience);
      channel.close();
    } catch (InterruptedException | IOException _) {
      // Interrupted: the answer came in time. A failed close leaves nothing to do.
    }
  }

  // HTTP 1.0: the engine answers unchunked and closes the connection at the end.
  private static void send(SocketChannel channel, String method, String path, @Nullable Path body)
      throws IOException {
    try (FileChannel file = body == null ? null : FileChannel.open(body)) {
      long size = file == null ? 0 : file.size();
      String head =
          method
              + " "
              + path
              + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/x-tar\r\nContent-Length: "
              + size
              + "\r\n\r\n";
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(head);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      for (long sent = 0; file != null && sent < size; ) {
        sent += file.transferTo(sent, size - sent, channel);
      }
    }
  }

  private static Answer receive(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      if (all.size() > ANSWER_BYTES_MAX) {
        throw new IOException("the Docker Engine's answer is too long");
      }
    }
    String text = all.toString(StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] status = text.split(" ", 3);
    if (end < 0 || status.length < 3 || !text.startsWith("HTTP/")) {
      throw new IOException("not a Docker Engine");
    }
    return new Answer(Integer.parseInt(status[1]), text.substring(end + 4));
  }
}
