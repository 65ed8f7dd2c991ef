package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.http.Answers.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Requests that are too large in their heads, or make no sense, answered in AWS's form.
final class BadRequests {
  private BadRequests() {}

  static Answer answer() {
    return answer(HttpResponseStatus.BAD_REQUEST);
  }

  /// @param cause what the decoder said
  static Answer answer(@Nullable Throwable cause) {
    return answer(
        switch (cause) {
          case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
          case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
          case null, default -> HttpResponseStatus.BAD_REQUEST;
        });
  }

  private static Answer answer(HttpResponseStatus status) {
    var error =
        new AwsError(
            "BadRequestException",
            status.reasonPhrase() + ".",
            status.code(),
            new LinkedHashMap<>());
    return Answers.error(Answers.requestId(), error);
  }

  /// Whether the decoder let pass what HTTP does not. Source: RFC 9112, section 3.2.
  static boolean isBad(HttpRequest request) {
    return HttpVersion.HTTP_1_1.equals(request.protocolVersion())
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1;
  }
}
