package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.codec.ErrorBodies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Writes answers.
final class Answers {
  static final String REQUEST_ID = "x-amzn-RequestId";

  private static final HttpField AWS_JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
  private static final HttpField PLAIN =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final HttpField CLOSE =
      new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());

  private Answers() {}

  /// A fresh request id. Names a request in logs and guards nothing, so it need not be secret.
  static String requestId() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  static void aws(Response response, Callback callback, String requestId, byte[] body) {
    write(response, callback, 200, requestId, AWS_JSON, body);
  }

  static void error(Response response, Callback callback, String requestId, AwsError error) {
    write(response, callback, error.status(), requestId, AWS_JSON, ErrorBodies.json(error));
  }

  /// As {@link #error}, for requests whose body was not read to its end.
  static void lastError(Response response, Callback callback, String requestId, AwsError error) {
    response.getHeaders().put(CLOSE);
    error(response, callback, requestId, error);
  }

  static void refusedUpgrade(
      Response response, Callback callback, String requestId, AwsError error) {
    write(response, callback, error.status(), requestId, JSON, ErrorBodies.socket(error));
  }

  static void plain(Response response, Callback callback, int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    write(response, callback, status, requestId(), PLAIN, body);
  }

  private static void write(
      Response response,
      Callback callback,
      int status,
      String requestId,
      HttpField type,
      byte[] body) {
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(REQUEST_ID, requestId);
    headers.put(type);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
