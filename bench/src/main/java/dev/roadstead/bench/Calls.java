package dev.roadstead.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Requests as bytes, ready to be sent again and again. The signature is well formed and not
/// computed: in development mode the server does not verify it.
record Calls(int port, String account) {
  private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// An ECS call, or one of another service.
  ///
  /// @param operation the name of ECS's, or a whole target with its dot
  byte[] call(String operation, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST / HTTP/1.1\r\n"
            + common()
            + "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: "
            + (operation.indexOf('.') < 0 ? TARGET : "")
            + operation
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }

  /// A websocket upgrade.
  ///
  /// @param path with its query
  byte[] upgrade(String path) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + common()
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private String common() {
    String time = BASIC.format(Instant.now());
    return "Host: 127.0.0.1:"
        + port
        + "\r\nX-Amz-Date: "
        + time
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
        + account
        + "/"
        + time.substring(0, "uuuuMMdd".length())
        + "/us-east-1/ecs/aws4_request, SignedHeaders=host;x-amz-date, Signature="
        + "0".repeat(64)
        + "\r\n";
  }
}
