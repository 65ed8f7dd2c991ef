package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import java.util.LinkedHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Sends each request to what serves it. Runs on the selectors' threads: AWS operations never block
/// there, everything else goes to a virtual thread.
final class Router extends Handler.Abstract {
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final Routes routes;
  private final AwsJson awsJson;
  private final Upgrades upgrades;
  private final Connections connections;
  private final LoopbackGuard guard;

  Router(
      Routes routes,
      AwsJson awsJson,
      Upgrades upgrades,
      Connections connections,
      LoopbackGuard guard) {
    super(InvocationType.NON_BLOCKING);
    this.routes = routes;
    this.awsJson = awsJson;
    this.upgrades = upgrades;
    this.connections = connections;
    this.guard = guard;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean apart = connections.crowds(request);
    Callback watched = connections.busy(request, callback);
    if (guard.refused(request, response, watched)) {
      return true;
    }
    String path = request.getHttpURI().getPath();
    switch (path == null ? "/" : path) {
      case "/" -> {
        if (apart) {
          Thread.startVirtualThread(() -> root(request, response, watched));
        } else {
          root(request, response, watched);
        }
      }
      case "/health" -> Thread.startVirtualThread(() -> health(response, watched));
      default -> Thread.startVirtualThread(() -> other(request, response, watched));
    }
    return true;
  }

  private void other(Request request, Response response, Callback callback) {
    if (!upgrades.serve(request, response, callback)) {
      unknown(response, callback);
    }
  }

  private void root(Request request, Response response, Callback callback) {
    switch (request.getMethod()) {
      case "POST" -> awsJson.serve(request, response, callback);
      case "GET", "HEAD" ->
          Answers.plain(response, callback, 200, "Roadstead: a self-hosted Amazon ECS.\n");
      default -> {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
        refuse(response, callback, NOT_ALLOWED, "The method is not allowed here.");
      }
    }
  }

  private void health(Response response, Callback callback) {
    if (routes.healthy().getAsBoolean()) {
      Answers.plain(response, callback, 200, "ok\n");
    } else {
      Answers.plain(response, callback, UNAVAILABLE, "a write would not succeed\n");
    }
  }

  private static void unknown(Response response, Callback callback) {
    refuse(response, callback, NOT_FOUND, "There is nothing at this path.");
  }

  private static void refuse(Response response, Callback callback, int status, String text) {
    var error = new AwsError("UnknownOperationException", text, status, new LinkedHashMap<>());
    Answers.error(response, callback, Answers.requestId(), error);
  }
}
