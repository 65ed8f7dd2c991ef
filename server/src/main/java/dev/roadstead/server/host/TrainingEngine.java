package dev.roadstead.server.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Something that answers an agent as an idle Docker Engine does, for the build's training run: no
/// image, no container, and none can be made. Not for tests: it proves nothing.
public final class TrainingEngine implements AutoCloseable {
  private static final String INFO =
      """
      {"ID":"train","Name":"train","NCPU":2,"MemTotal":4294967296,"OSType":"linux",
       "Architecture":"x86_64","Driver":"overlay2","CgroupVersion":"2","ServerVersion":"28.0.0",
       "SecurityOptions":["name=seccomp,profile=default"],
       "Plugins":{"Log":["json-file"],"Volume":["local"],"Network":["bridge","host","none"]}}
      """;
  private static final String VERSION =
      """
      {"Version":"28.0.0","ApiVersion":"1.48","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64"}
      """;

  private final HttpServer server;

  private TrainingEngine(HttpServer server) {
    this.server = server;
  }

  public static TrainingEngine start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingEngine::answer);
    server.setExecutor(task -> Thread.startVirtualThread(task));
    server.start();
    return new TrainingEngine(server);
  }

  public URI host() {
    return URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    if (path.endsWith("/events")) {
      // An open stream without an event.
      exchange.sendResponseHeaders(200, 0);
      return;
    }
    String body = body(path.substring(path.lastIndexOf('/') + 1));
    boolean known = exchange.getRequestMethod().equals("GET") && !path.contains("/images/train");
    byte[] bytes =
        (known ? body : "{\"message\":\"No such image: train:latest\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String body(String last) {
    return switch (last) {
      case "info" -> INFO;
      case "version" -> VERSION;
      case "json" -> "[]";
      case "_ping" -> "OK";
      default -> "{}";
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
