package dev.roadstead.wire.http;

import dev.roadstead.wire.sigv4.Policy;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// An open port. One thread for each processor reads requests, begins operations and writes
/// answers; each connection belongs to one of them.
public final class Listener implements AutoCloseable {
  /// Beyond, the threads are faster than the writer they feed.
  private static final int THREADS_MAX = 8;

  /// Connections the kernel keeps waiting to be accepted.
  private static final int BACKLOG = 1024;

  /// How long a closing listener waits for requests under way.
  private static final int DRAIN_SECONDS = 2;

  private final EventLoopGroup threads;
  private final Channel channel;
  private final Upgrades upgrades;
  private final Semaphore slots;
  private final int requests;

  private Listener(EventLoopGroup threads, Channel channel, Upgrades upgrades, Semaphore slots) {
    this.threads = threads;
    this.channel = channel;
    this.upgrades = upgrades;
    this.slots = slots;
    this.requests = slots.availablePermits();
  }

  /// Opens the port and serves. Throws IOException when the port can't be had, and
  /// IllegalArgumentException when signatures would go unverified beyond loopback.
  public static Listener start(ListenerConfig config, Routes routes) throws IOException {
    Limits limits = config.limits();
    InetAddress address = InetAddress.getByName(config.bind());
    Policy policy = routes.verifier().policy();
    if (policy == Policy.DEVELOPMENT && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "signatures must be verified when listening beyond loopback: " + config.bind());
    }
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // 2 of 200 us a call
    Connections connections = new Connections(limits);
    Upgrades upgrades = new Upgrades(routes, limits, connections);
    Semaphore slots = new Semaphore(limits.requests());
    LoopbackGuard guard = new LoopbackGuard(policy, config.bind());
    Router router = new Router(routes, new AwsJson(routes, slots), upgrades, guard);
    EventLoopGroup threads = threads();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(channels())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Welcome(limits, new Bodies(limits), router, connections))
            .bind(new InetSocketAddress(address, config.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      end(threads);
      throw new IOException("the listener can't start", bound.cause());
    }
    connections.sweepBy(threads);
    return new Listener(threads, bound.channel(), upgrades, slots);
  }

  /// The port that is open.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Takes no more connections, lets requests under way finish for a while, closes everything.
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    try {
      if (slots.tryAcquire(requests, DRAIN_SECONDS, TimeUnit.SECONDS)) {
        slots.release(requests);
      }
      upgrades.closeAll();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    end(threads);
  }

  private static void end(EventLoopGroup threads) {
    threads.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static EventLoopGroup threads() {
    int count = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("wire", true), io);
  }

  private static Class<? extends ServerChannel> channels() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /// Takes new connections in.
  private static final class Welcome extends ChannelInitializer<Channel> {
    private final Limits limits;
    private final Bodies bodies;
    private final Router router;
    private final Connections connections;

    Welcome(Limits limits, Bodies bodies, Router router, Connections connections) {
      this.limits = limits;
      this.bodies = bodies;
      this.router = router;
      this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (!connections.admit(channel)) {
        var _ = channel.close();
        return;
      }
      String peer =
          channel.remoteAddress() instanceof InetSocketAddress from
              ? from.getAddress().getHostAddress()
              : "";
      Conversation conversation = new Conversation(channel, limits, bodies, router, peer);
      channel
          .pipeline()
          .addLast(new Decoder(limits, conversation), new HttpResponseEncoder(), conversation);
      connections.is(channel, conversation);
    }
  }

  /// Tells the conversation of bytes before they make a message.
  static final class Decoder extends HttpRequestDecoder {
    private final Conversation conversation;

    Decoder(Limits limits, Conversation conversation) {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(limits.headerBytes())
              .setMaxHeaderSize(limits.headerBytes()));
      this.conversation = conversation;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
      conversation.bytesCame();
      super.channelRead(context, bytes);
    }
  }
}
