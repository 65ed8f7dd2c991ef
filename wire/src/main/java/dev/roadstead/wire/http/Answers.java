package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.codec.ErrorBodies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes answers.
final class Answers {
  private static final AsciiString AWS_JSON = AsciiString.cached("application/x-amz-json-1.1");
  private static final AsciiString PLAIN = AsciiString.cached("text/plain;charset=utf-8");
  private static final AsciiString JSON = AsciiString.cached("application/json");

  private static final AsciiString DATE = AsciiString.cached("Date");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  private static final AsciiString CONNECTION = AsciiString.cached("Connection");
  private static final AsciiString ALLOW = AsciiString.cached("Allow");
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-RequestId");
  private static final HttpHeadersFactory UNCHECKED = // all of ours are good
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  /// Source: RFC 9110, section 5.6.7.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// The last Date header: most answers fall into the same second.
  private static volatile Stamp stamp = new Stamp(-1, "");

  private record Stamp(long second, String text) {}

  private Answers() {}

  /// An answer in full.
  ///
  /// @param last whether the connection must not be used again
  record Answer(int status, AsciiString type, String requestId, ByteBuf body, boolean last) {
    Answer asLast() {
      return new Answer(status, type, requestId, body, true);
    }
  }

  /// A fresh request id. Names a request in logs and guards nothing, so it need not be secret.
  static String requestId() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  static Answer aws(String requestId, ByteBuffer body) {
    return new Answer(200, AWS_JSON, requestId, Unpooled.wrappedBuffer(body), false);
  }

  static Answer error(String requestId, AwsError error) {
    ByteBuf body = Unpooled.wrappedBuffer(ErrorBodies.json(error));
    return new Answer(error.status(), AWS_JSON, requestId, body, false);
  }

  static Answer refusedUpgrade(String requestId, AwsError error) {
    ByteBuf body = Unpooled.wrappedBuffer(ErrorBodies.socket(error));
    return new Answer(error.status(), JSON, requestId, body, false);
  }

  /// The answer as it is sent.
  ///
  /// @param bare without its body: to HEAD
  static FullHttpResponse response(Answer answer, boolean bare) {
    ByteBuf body = answer.body();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            bare ? Unpooled.EMPTY_BUFFER : body,
            UNCHECKED,
            UNCHECKED);
    HttpHeaders headers = response.headers();
    headers.set(DATE, date());
    headers.set(REQUEST_ID, answer.requestId());
    headers.set(CONTENT_TYPE, answer.type());
    headers.setInt(CONTENT_LENGTH, body.readableBytes());
    if (answer.last()) {
      headers.set(CONNECTION, HttpHeaderValues.CLOSE);
    }
    if (answer.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
      headers.set(ALLOW, "GET, HEAD, POST");
    }
    return response;
  }

  private static String date() {
    Instant now = Instant.now();
    Stamp last = stamp;
    if (now.getEpochSecond() != last.second()) {
      last = new Stamp(now.getEpochSecond(), HTTP_DATE.format(now));
      stamp = last;
    }
    return last.text();
  }

  static Answer plain(int status, String text) {
    ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    return new Answer(status, PLAIN, requestId(), body, false);
  }
}
