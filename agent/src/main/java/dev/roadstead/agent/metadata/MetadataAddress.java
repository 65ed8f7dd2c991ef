package dev.roadstead.agent.metadata;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the endpoint listens and how containers reach it. As root: 169.254.170.2, port 80 of it
/// translated to ours, so that containers keep their own port 80. That address belongs to one
/// agent per network namespace; any other agent, and one without the right, listens on the
/// engine's bridge instead, under a port of its own.
public final class MetadataAddress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataAddress.class);

  /// The address ECS gives to containers. Source: Amazon ECS developer guide, task metadata.
  private static final String WELL_KNOWN = "169.254.170.2";

  private static final int PORT = 51679;
  private static final int BACKLOG = 50;
  private static final int COMMAND_SECONDS_MAX = 5;

  private static final String RULES =
      """
      table ip roadstead_md
      delete table ip roadstead_md
      table ip roadstead_md {
        chain pre {
          type nat hook prerouting priority -110;
          ip daddr 169.254.170.2 tcp dport 80 dnat to 169.254.170.2:51679
        }
        chain out {
          type nat hook output priority -110;
          ip daddr 169.254.170.2 tcp dport 80 dnat to 169.254.170.2:51679
        }
      }
      """;

  private final HttpServer server;
  private final String url;
  private final boolean wellKnown;

  private MetadataAddress(HttpServer server, String url, boolean wellKnown) {
    this.server = server;
    this.url = url;
    this.wellKnown = wellKnown;
  }

  /// A listener that is bound and not yet started.
  ///
  /// @param useWellKnown false leaves the machine's addresses and rules alone
  /// @param bridgeGateway the host's address on the engine's bridge; empty when there is none
  public static MetadataAddress open(boolean useWellKnown, String bridgeGateway)
      throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (useWellKnown && root && addAddress()) {
      try {
        HttpServer server = bind(WELL_KNOWN, PORT);
        if (run(RULES, "nft", "-f", "-")) {
          return new MetadataAddress(server, "http://" + WELL_KNOWN, true);
        }
        server.stop(0);
      } catch (IOException e) {
        LOG.info("{} belongs to another agent here: {}", WELL_KNOWN, e.getMessage());
      }
    }
    if (!bridgeGateway.isEmpty()) {
      try {
        return plain(bridgeGateway);
      } catch (IOException e) {
        LOG.info("cannot listen on the bridge {}: {}", bridgeGateway, e.getMessage());
      }
    }
    LOG.warn("containers cannot reach the metadata endpoint, except in host mode");
    return plain("127.0.0.1");
  }

  private static MetadataAddress plain(String address) throws IOException {
    HttpServer server = bind(address, 0);
    int port = server.getAddress().getPort();
    return new MetadataAddress(server, "http://" + address + ":" + port, false);
  }

  private static HttpServer bind(String address, int port) throws IOException {
    var literal = InetAddress.ofLiteral(address);
    return HttpServer.create(new InetSocketAddress(literal, port), BACKLOG);
  }

  private static boolean addAddress() {
    return run("", "ip", "address", "replace", WELL_KNOWN + "/32", "dev", "lo");
  }

  private static boolean run(String input, String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.US_ASCII));
      }
      boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0) {
        return true;
      }
      process.destroyForcibly();
      byte[] said = process.getInputStream().readNBytes(1000);
      LOG.info("{}: {}", command[0], new String(said, StandardCharsets.UTF_8).strip());
      return false;
    } catch (IOException e) {
      LOG.info("{} cannot be run: {}", command[0], e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  HttpServer server() {
    return server;
  }

  /// As containers see it, without a slash at the end.
  public String url() {
    return url;
  }

  @Override
  public void close() {
    server.stop(0);
    if (wellKnown) {
      run("", "nft", "delete", "table", "ip", "roadstead_md");
    }
  }
}
