package dev.roadstead.wire.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// A request that has all arrived, and its one answer, given from whichever thread.
///
/// @param number counts the requests of the conversation; a second answer to one is dropped
record Exchange(
    HttpRequest head,
    Address address,
    Bodies.Body content,
    Conversation conversation,
    long number) {
  String path() {
    return address.path();
  }

  @Nullable String query() {
    return address.query();
  }

  byte[] body() {
    return content.whole();
  }

  HttpHeaders headers() {
    return head.headers();
  }

  String method() {
    return head.method().name();
  }

  /// The other side's IP address.
  String peer() {
    return conversation.peer();
  }

  void answer(Answers.Answer answer) {
    conversation.answer(number, answer);
  }

  /// Runs work on the connection's thread: at once when this is it.
  void execute(Runnable work) {
    if (conversation.channel().eventLoop().inEventLoop()) {
      work.run();
    } else {
      conversation.execute(work);
    }
  }
}
