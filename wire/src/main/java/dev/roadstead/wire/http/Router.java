package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import java.util.LinkedHashMap;

/// Sends each request to what serves it. Runs on the threads that serve connections: AWS operations
/// never block there, everything else goes to a virtual thread.
final class Router {
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final Routes routes;
  private final AwsJson awsJson;
  private final Upgrades upgrades;
  private final LoopbackGuard guard;

  Router(Routes routes, AwsJson awsJson, Upgrades upgrades, LoopbackGuard guard) {
    this.routes = routes;
    this.awsJson = awsJson;
    this.upgrades = upgrades;
    this.guard = guard;
  }

  void serve(Exchange exchange) {
    if (guard.refused(exchange)) {
      return;
    }
    switch (exchange.path()) {
      case "/" -> root(exchange);
      case "/health" -> Thread.startVirtualThread(() -> health(exchange));
      default -> Thread.startVirtualThread(() -> other(exchange));
    }
  }

  private void other(Exchange exchange) {
    if (!upgrades.serve(exchange)) {
      refuse(exchange, NOT_FOUND, "There is nothing at this path.");
    }
  }

  private void root(Exchange exchange) {
    switch (exchange.method()) {
      case "POST" -> awsJson.serve(exchange);
      case "GET", "HEAD" ->
          exchange.answer(Answers.plain(200, "Roadstead: a self-hosted Amazon ECS.\n"));
      default -> refuse(exchange, NOT_ALLOWED, "The method is not allowed here.");
    }
  }

  private void health(Exchange exchange) {
    exchange.answer(
        routes.healthy().getAsBoolean()
            ? Answers.plain(200, "ok\n")
            : Answers.plain(UNAVAILABLE, "a write would not succeed\n"));
  }

  private static void refuse(Exchange exchange, int status, String text) {
    var error = new AwsError("UnknownOperationException", text, status, new LinkedHashMap<>());
    exchange.answer(Answers.error(Answers.requestId(), error));
  }
}
