package dev.roadstead.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// A connection that a {@link Reactor} serves.
abstract sealed class Line permits CallLine, SocketLine {
  private static final int BUFFER_BYTES = 8 << 10;
  private static final int BUFFER_BYTES_MAX = 4 << 20;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);

  Line(Reactor reactor) throws IOException {
    channel = reactor.connect();
    key = reactor.register(channel, this);
  }

  final void send(ByteBuffer bytes) throws IOException {
    if (out.isEmpty()) {
      channel.write(bytes);
    }
    if (bytes.hasRemaining()) {
      out.add(bytes);
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  final void ready() throws IOException {
    if (key.isWritable()) {
      while (!out.isEmpty()) {
        channel.write(out.getFirst());
        if (out.getFirst().hasRemaining()) {
          return;
        }
        out.removeFirst();
      }
      key.interestOps(SelectionKey.OP_READ);
    }
    if (key.isReadable()) {
      if (channel.read(in) < 0) {
        if (busy()) {
          throw new EOFException("the server closed a connection");
        }
        close();
        return;
      }
      in.flip();
      take(in);
      in.compact();
      if (!in.hasRemaining()) {
        grow();
      }
    }
  }

  private void grow() throws IOException {
    if (in.capacity() >= BUFFER_BYTES_MAX) {
      throw new IOException("a message of more than " + BUFFER_BYTES_MAX + " bytes");
    }
    in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
  }

  final boolean isOpen() {
    return channel.isOpen();
  }

  final void close() throws IOException {
    channel.close();
  }

  /// Whether the server owes an answer, so that it may not close the connection.
  abstract boolean busy();

  /// Takes every whole message from the buffer and leaves the rest.
  abstract void take(ByteBuffer in) throws IOException;
}
