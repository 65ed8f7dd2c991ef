package dev.roadstead.wire.http;

import com.sun.management.OperatingSystemMXBean;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.SdkSigner;
import dev.roadstead.wire.sigv4.SignedRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A load generator for the listener: 64 connections on one thread, one request at a time each.
/// Not a test. Run with the test class path; prints one line per round.
final class Load {
  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final String BODY =
      "{\"cluster\":\"default\",\"taskDefinition\":\"web:1\",\"count\":1,\"launchType\":\"EC2\"}";

  private Load() {}

  public static void main(String[] args) throws IOException {
    for (Policy policy : Policy.values()) {
      try (World world = new World(policy, Limits.standard(), Map.of())) {
        byte[] request = request(world);
        for (int round = 0; round < ROUNDS; round++) {
          IO.println(policy + ": " + run(world, request));
        }
      }
    }
  }

  /// One round: requests per second, and what the listener's side of each cost in CPU time, which
  /// other work on the machine does not change much.
  private static String run(World world, byte[] request) throws IOException {
    try (Selector selector = Selector.open()) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port());
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        channel.write(ByteBuffer.wrap(request));
      }
      ByteBuffer answer = ByteBuffer.allocateDirect(8192);
      long cpu = listenerCpuNanos();
      long start = System.nanoTime();
      long end = start + ROUND.toNanos();
      long answers = 0;
      while (System.nanoTime() < end) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          SocketChannel channel = (SocketChannel) key.channel();
          answer.clear();
          if (channel.read(answer) < 0) {
            throw new IOException("the listener closed a connection");
          }
          answers++;
          channel.write(ByteBuffer.wrap(request));
        }
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      long rate = answers * 1_000_000_000L / (System.nanoTime() - start);
      long nanos = (listenerCpuNanos() - cpu) / answers;
      return rate + " requests/s, " + nanos + " ns of CPU each";
    }
  }

  /// CPU time of this process without the thread that makes the load.
  private static long listenerCpuNanos() {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return process.getProcessCpuTime()
        - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static byte[] request(World world) {
    SignedRequest signed = SdkSigner.at(Instant.now()).post(world.url("/"), "RunTask", BODY);
    StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\n");
    for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
      text.append(header.getKey()).append(": ").append(header.getValue().getFirst());
      text.append("\r\n");
    }
    text.append("Content-Length: ").append(BODY.length()).append("\r\n\r\n").append(BODY);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
