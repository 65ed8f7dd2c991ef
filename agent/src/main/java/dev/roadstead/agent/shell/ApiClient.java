package dev.roadstead.agent.shell;

import dev.roadstead.link.api.ErrorBody;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.codec.MalformedMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// ECS calls, AWS JSON 1.1. Goes on to the next control-plane URL when one does not answer.
final class ApiClient {
  private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";

  /// Amazon's agent gives a request 42 s; a control plane of ours answers in milliseconds.
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final Signing signing;
  private final List<URI> servers;
  private final AtomicInteger current = new AtomicInteger();

  ApiClient(HttpClient http, Signing signing, List<URI> servers) {
    this.http = http;
    this.signing = signing;
    this.servers = servers;
  }

  <T> T call(String operation, Object request, Class<T> answer)
      throws ApiTrouble, InterruptedException {
    ApiTrouble last = new ApiTrouble(0, "", "no control plane");
    for (int i = 0; i < servers.size(); i++) {
      int index = current.get();
      try {
        return once(servers.get(index), operation, Json.write(request), answer);
      } catch (ApiTrouble e) {
        if (e.refused()) {
          throw e;
        }
        last = e;
        current.compareAndSet(index, (index + 1) % servers.size());
      }
    }
    throw last;
  }

  private <T> T once(URI server, String operation, byte[] body, Class<T> answer)
      throws ApiTrouble, InterruptedException {
    URI uri = server.resolve("/");
    Map<String, String> headers =
        signing.sign(
            "POST",
            uri,
            Map.of(
                "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", TARGET + operation),
            body);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return Json.read(response.body(), answer);
      }
      throw refused(response);
    } catch (IOException e) {
      throw new ApiTrouble(0, "", operation + ": " + uri + " does not answer: " + e);
    } catch (MalformedMessage e) {
      throw new ApiTrouble(500, "", operation + ": the answer is unreadable: " + e.getMessage());
    }
  }

  private static ApiTrouble refused(HttpResponse<byte[]> response) {
    try {
      ErrorBody error = Json.read(response.body(), ErrorBody.class);
      String message = error.message() == null ? "" : error.message();
      return new ApiTrouble(response.statusCode(), error.code(), message);
    } catch (MalformedMessage e) {
      return new ApiTrouble(response.statusCode(), "", "status " + response.statusCode());
    }
  }
}
