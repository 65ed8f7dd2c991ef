package dev.roadstead.agent.shell;

import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import dev.roadstead.link.api.RegisterContainerInstanceRequest;
import dev.roadstead.link.api.RegisterContainerInstanceResponse;
import dev.roadstead.link.api.RegisterContainerInstanceResponse.ContainerInstance;
import dev.roadstead.link.api.SubmitStateChangeResponse;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.tcs.TcsAgentMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The control plane's side of the protocol on one port: the ECS calls an agent makes, ACS and
/// TCS. Keeps all it is told.
final class FakeControlPlane implements AutoCloseable {
  static final String INSTANCE =
      "arn:aws:ecs:us-east-1:000000000000:container-instance/default/0123456789abcdef";

  private final ServerSocket server;
  private final Map<String, OutputStream> sockets = new ConcurrentHashMap<>();
  final List<SubmitTaskStateChangeRequest> reports = new CopyOnWriteArrayList<>();
  final List<RegisterContainerInstanceRequest> registrations = new CopyOnWriteArrayList<>();
  final List<AcsAgentMessage> acs = new CopyOnWriteArrayList<>();
  final List<TcsAgentMessage> tcs = new CopyOnWriteArrayList<>();
  final List<String> upgrades = new CopyOnWriteArrayList<>();
  volatile boolean refusing;

  /// Calls answered with 503.
  final AtomicInteger refused = new AtomicInteger();

  volatile String instance = INSTANCE;

  FakeControlPlane() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  void send(AcsServerMessage message) {
    write("acs", LinkCodec.ACS_SERVER.encode(message));
  }

  void send(String messageId, Task... tasks) {
    send(new PayloadMessage("default", INSTANCE, messageId, 1L, 1, null, List.of(tasks)));
  }

  boolean acked(String messageId) {
    return acs.stream()
        .anyMatch(m -> m instanceof AckRequest ack && messageId.equals(ack.messageId()));
  }

  boolean reported(Task task, String status) {
    return reports.stream().anyMatch(r -> r.task().equals(task.arn()) && status.equals(r.status()));
  }

  void dropConnections() throws IOException {
    for (OutputStream socket : sockets.values()) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String line = line(in);
      while (line != null && !line.isEmpty()) {
        var headers = headers(in);
        if (headers.containsKey("upgrade")) {
          upgrade(line, headers, in, out);
          return;
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String target = headers.getOrDefault("x-amz-target", "");
        answer(out, target.substring(target.indexOf('.') + 1), body);
        line = line(in);
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // The agent has left.
    }
  }

  private static @Nullable String line(DataInputStream in) throws IOException {
    var text = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        text.append((char) c);
      }
      c = in.read();
    }
    return c < 0 ? null : text.toString();
  }

  private static Map<String, String> headers(DataInputStream in) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    String line = line(in);
    while (line != null && !line.isEmpty()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      line = line(in);
    }
    return headers;
  }

  private void answer(OutputStream out, String operation, byte[] body) throws IOException {
    Object answer =
        switch (operation) {
          case "RegisterContainerInstance" -> {
            var request = Json.read(body, RegisterContainerInstanceRequest.class);
            registrations.add(request);
            yield new RegisterContainerInstanceResponse(
                new ContainerInstance(instance, request.attributes()));
          }
          case "DiscoverPollEndpoint" ->
              new DiscoverPollEndpointResponse(url() + "/acs", url() + "/tcs", null, null);
          case "SubmitTaskStateChange" -> {
            if (!refusing) {
              reports.add(Json.read(body, SubmitTaskStateChangeRequest.class));
            }
            yield new SubmitStateChangeResponse("ok");
          }
          default -> new SubmitStateChangeResponse(operation);
        };
    if (refusing) {
      refused.incrementAndGet();
    }
    byte[] json = Json.write(answer);
    String status = refusing ? "503 Busy" : "200 OK";
    out.write(
        ("HTTP/1.1 " + status + "\r\nContent-Length: " + json.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(json);
    out.flush();
  }

  private void upgrade(
      String line, Map<String, String> headers, DataInputStream in, OutputStream out)
      throws IOException {
    String channel = line.contains("/tcs/") ? "tcs" : "acs";
    String accept;
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (headers.get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      accept = Base64.getEncoder().encodeToString(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    sockets.put(channel, out);
    out.write(
        ("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    upgrades.add(line);
    var text = new ArrayList<byte[]>();
    while (true) {
      int first = in.readUnsignedByte();
      byte[] data = frame(in);
      int opcode = first & 0x0f;
      if (opcode == 8) {
        return;
      }
      text.add(data);
      if ((first & 0x80) != 0) {
        var all = new StringBuilder();
        text.forEach(part -> all.append(new String(part, StandardCharsets.UTF_8)));
        text.clear();
        received(channel, all.toString());
      }
    }
  }

  private static byte[] frame(DataInputStream in) throws IOException {
    long length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] data = in.readNBytes(Math.toIntExact(length));
    for (int i = 0; i < data.length; i++) {
      data[i] ^= mask[i & 3];
    }
    return data;
  }

  private void received(String channel, String text) {
    if (channel.equals("acs")) {
      acs.add(LinkCodec.ACS_AGENT.decode(text));
    } else {
      tcs.add(LinkCodec.TCS_AGENT.decode(text));
    }
  }

  private void write(String channel, String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    OutputStream out = sockets.get(channel);
    if (out == null) {
      throw new IllegalStateException("nobody is connected to " + channel);
    }
    synchronized (this) {
      try {
        out.write(0x81);
        if (data.length < 126) {
          out.write(data.length);
        } else if (data.length < 65536) {
          out.write(126);
          out.write(data.length >> 8);
          out.write(data.length);
        } else {
          out.write(127);
          for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) ((long) data.length >> shift));
          }
        }
        out.write(data);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    dropConnections();
  }
}
