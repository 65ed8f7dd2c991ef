package dev.roadstead.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/// All connections of a load on one thread, the caller's: the generator must not need the machine
/// that it measures.
final class Reactor implements AutoCloseable {
  private static final long TICK_MILLIS = 20;

  private final Selector selector;
  private final InetSocketAddress server;

  Reactor(int port) throws IOException {
    selector = Selector.open();
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    return channel;
  }

  SelectionKey register(SocketChannel channel, Line line) throws IOException {
    return channel.register(selector, SelectionKey.OP_READ, line);
  }

  /// Serves until the condition holds, looked at after each round. Returns false when it did not
  /// within the time.
  boolean serve(long nanos, BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + nanos;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      selector.select(TICK_MILLIS);
      for (SelectionKey key : selector.selectedKeys()) {
        ((Line) key.attachment()).ready();
      }
      selector.selectedKeys().clear();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
