package dev.roadstead.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A keep-alive connection for API calls, one at a time.
final class CallLine extends Line {
  /// Takes an answer.
  @FunctionalInterface
  interface Answered {
    /// The line is free for the next call.
    ///
    /// @param body positioned at the answer's body, limited to it; only good during the call
    void answered(CallLine line, int status, ByteBuffer body) throws IOException;
  }

  private final Answered answered;

  private boolean busy;

  /// When the request under way was sent.
  long sentAt;

  CallLine(Reactor reactor, Answered answered) throws IOException {
    super(reactor);
    this.answered = answered;
  }

  void call(byte[] request) throws IOException {
    sentAt = System.nanoTime();
    busy = true;
    send(ByteBuffer.wrap(request));
  }

  @Override
  boolean busy() {
    return busy;
  }

  @Override
  void take(ByteBuffer in) throws IOException {
    Reply reply = Reply.parse(in);
    if (reply == null || in.remaining() < reply.headLength() + reply.bodyLength()) {
      return;
    }
    int bodyAt = in.position() + reply.headLength();
    ByteBuffer body = in.duplicate().position(bodyAt).limit(bodyAt + reply.bodyLength());
    in.position(bodyAt + reply.bodyLength());
    busy = false;
    answered.answered(this, reply.status(), body);
  }
}
