package dev.roadstead.wire.http;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/// Everything about the listener that could grow.
///
/// @param headerBytes of a request line with its headers
/// @param bodyBytes of one request
/// @param bodiesBytes of all requests that are being read or answered
/// @param headerTime from a request's first byte to its last header, and from opening a connection
///     to the first request; precise to a quarter of itself
/// @param bodyTime from the last header to the last byte of the body
/// @param requestTime from the last header to the last byte of the answer; precise as headerTime
/// @param idleTime between requests on one connection
/// @param connections open at once, websockets included; one more is closed at once
/// @param requests being performed at once; one more is throttled
/// @param messageBytes of one websocket message
/// @param socketIdleTime without any frame on a websocket
/// @param sendTime that a websocket's peer may keep a sender waiting
public record Limits(
    int headerBytes,
    int bodyBytes,
    long bodiesBytes,
    Duration headerTime,
    Duration bodyTime,
    Duration requestTime,
    Duration idleTime,
    int connections,
    int requests,
    int messageBytes,
    Duration socketIdleTime,
    Duration sendTime) {

  /// A session token of STS takes up to 4 KiB, a presigned query carries it percent-encoded.
  private static final int HEADER_BYTES = 16 << 10;

  /// Above the largest request of ECS: a task definition may not exceed 64 KiB, a state change with
  /// its containers stays below that.
  private static final int BODY_BYTES = 1 << 20;

  /// Some 64 of the largest requests, or all the small ones that can be performed at once.
  private static final long BODIES_BYTES = 64L << 20;

  /// One round trip on the worst of links, with retransmissions.
  private static final Duration HEADER_TIME = Duration.ofSeconds(10);

  /// 1 MiB at 50 KiB/s.
  private static final Duration BODY_TIME = Duration.ofSeconds(20);

  /// Amazon's agent gives up after 42 s, the SDKs and the CLI after 60 s.
  private static final Duration REQUEST_TIME = Duration.ofSeconds(90);

  /// Longer than the 60 s for which the SDKs keep a connection: they close first, so no request is
  /// sent into a closing connection.
  private static final Duration IDLE_TIME = Duration.ofSeconds(75);

  /// 5,000 agents with ACS, TCS and a connection for calls, and as many other clients.
  private static final int CONNECTIONS = 20_000;

  /// More than the writer takes in a tenth of a second.
  private static final int REQUESTS = 4096;

  /// A payload message with the largest task definition, and room.
  private static final int MESSAGE_BYTES = 1 << 20;

  /// Amazon's agent renews its own 180 s with every message; heartbeats come more often.
  private static final Duration SOCKET_IDLE_TIME = Duration.ofMinutes(5);

  /// A peer that reads nothing for so long is as good as gone; it will connect again.
  private static final Duration SEND_TIME = Duration.ofSeconds(20);

  public Limits {
    long least =
        LongStream.of(headerBytes, bodyBytes, bodiesBytes, connections, requests, messageBytes)
            .min()
            .orElse(0);
    if (least < 1) {
      throw new IllegalArgumentException("limits of size and number must be positive: " + least);
    }
    List<Duration> times =
        List.of(headerTime, bodyTime, requestTime, idleTime, socketIdleTime, sendTime);
    for (Duration time : times) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("limits of time must be positive: " + time);
      }
    }
  }

  public static Limits standard() {
    return new Limits(
        HEADER_BYTES,
        BODY_BYTES,
        BODIES_BYTES,
        HEADER_TIME,
        BODY_TIME,
        REQUEST_TIME,
        IDLE_TIME,
        CONNECTIONS,
        REQUESTS,
        MESSAGE_BYTES,
        SOCKET_IDLE_TIME,
        SEND_TIME);
  }
}
