package dev.roadstead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One keep-alive connection that waits for each answer: for what surrounds a measurement.
final class Wire implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES_MAX = 4 << 20;

  private final Calls calls;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(BYTES_MAX);

  Wire(Calls calls) throws IOException {
    this.calls = calls;
    channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), calls.port()));
    channel.socket().setTcpNoDelay(true);
  }

  /// The answer's body; throws with the error's text when it is not 200.
  JsonNode call(String operation, String json) throws IOException {
    ByteBuffer request = ByteBuffer.wrap(calls.call(operation, json));
    while (request.hasRemaining()) {
      channel.write(request);
    }
    in.clear();
    while (true) {
      if (channel.read(in) < 0) {
        throw new IOException(operation + ": the server closed the connection");
      }
      ByteBuffer read = in.duplicate().flip();
      Reply reply = Reply.parse(read);
      if (reply != null && read.remaining() >= reply.headLength() + reply.bodyLength()) {
        String body =
            new String(in.array(), reply.headLength(), reply.bodyLength(), StandardCharsets.UTF_8);
        if (reply.status() != 200) {
          throw new IOException(operation + ": " + reply.status() + " " + body);
        }
        return JSON.readTree(body);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
