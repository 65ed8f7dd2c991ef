package dev.roadstead.bench;

import dev.roadstead.server.host.Missing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A Roadstead process, started as a user starts it.
final class Launched implements AutoCloseable {
  private static final String READY = "Roadstead is ready";
  private static final int START_SECONDS_MAX = 120;
  private static final int STOP_SECONDS_MAX = 30;
  private static final int POLL_MILLIS = 2;
  private static final double KIB_PER_MIB = 1024;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final long MICROS_PER_TICK = 10_000;

  private final Process process;
  private final Path log;
  private final long startedAt = System.nanoTime();
  private final CountDownLatch said = new CountDownLatch(1);
  private volatile long readyAt;

  private Launched(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread.ofPlatform().daemon().name("output").start(this::listen);
  }

  /// @param words the command with its options
  static Launched start(Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    ProcessBuilder builder = command(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // also after a Ctrl-C
    return new Launched(process, log);
  }

  private static ProcessBuilder command(List<String> words) {
    String script = System.getenv("ROADSTEAD_SCRIPT");
    if (script == null) {
      throw new Missing("Run this as `./roadstead bench`: the script says where it is.");
    }
    List<String> command = new ArrayList<>(List.of(script));
    command.addAll(words);
    return new ProcessBuilder(command);
  }

  /// Runs a command to its end. Returns its seconds; throws when it fails.
  static double run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = command(words);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long began = System.nanoTime();
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(words + " ended with " + code);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void listen() {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer out = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY) && readyAt == 0) {
          readyAt = System.nanoTime();
          said.countDown();
        }
        out.write(line + "\n");
        out.flush();
      }
    } catch (IOException _) {
      // Ended by us while it was still talking.
    } finally {
      said.countDown();
    }
  }

  /// Waits for the line that says it is ready. Returns the seconds from the start of the process.
  double awaitReady() throws IOException, InterruptedException {
    boolean inTime = said.await(START_SECONDS_MAX, TimeUnit.SECONDS);
    if (!inTime || readyAt == 0) {
      throw new IOException("it did not become ready; see " + log);
    }
    return (readyAt - startedAt) / 1e9;
  }

  /// Waits until `GET /health` answers 200 on that port.
  void awaitHealthy(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (System.nanoTime() < end && process.isAlive()) {
      if (healthy(port)) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException("it did not become healthy; see " + log);
  }

  private static boolean healthy(int port) {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      String request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer in = ByteBuffer.allocate("HTTP/1.1 200".length());
      while (in.hasRemaining() && channel.read(in) >= 0) {}
      return new String(in.array(), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException _) {
      return false;
    }
  }

  /// What of its memory is resident now.
  double residentMib() throws IOException {
    return memoryMib("VmRSS:");
  }

  /// As {@link #residentMib}, without what is read from files (jars, the start-up cache) and can be
  /// dropped at any time.
  double anonymousMib() throws IOException {
    return memoryMib("RssAnon:");
  }

  private double memoryMib(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
      }
    }
    throw new IOException("no " + field + " of process " + process.pid());
  }

  /// The processor time it has used so far, in all its threads, in microseconds.
  long cpuMicros() throws IOException {
    return cpuMicros(Path.of("/proc/" + process.pid() + "/stat"));
  }

  /// The processor time of this process, in microseconds.
  static long ownCpuMicros() throws IOException {
    return cpuMicros(Path.of("/proc/self/stat"));
  }

  /// Source: proc_pid_stat(5): fields 14 and 15, in hundredths of a second.
  private static long cpuMicros(Path stat) throws IOException {
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        * MICROS_PER_TICK;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
