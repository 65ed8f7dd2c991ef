package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import dev.roadstead.wire.http.Catalogue.Target;
import dev.roadstead.wire.sigv4.Identity;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;

/// `POST /` with `X-Amz-Target`: AWS JSON 1.1.
final class AwsJson {
  private static final Logger LOG = LoggerFactory.getLogger(AwsJson.class);

  private final Routes routes;
  private final Catalogue catalogue;
  private final Bodies bodies;
  private final Semaphore slots;

  /// @param slots one for each request that may be performed at once
  AwsJson(Routes routes, Limits limits, Semaphore slots) {
    this.routes = routes;
    this.catalogue = new Catalogue(routes.services());
    this.bodies = new Bodies(limits);
    this.slots = slots;
  }

  /// Answers when the answer is there; the calling thread goes on. A body that has not all arrived
  /// is waited for on a virtual thread of its own.
  void serve(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback, Answers.requestId());
    Bodies.Reading reading = bodies.reading(request);
    try {
      byte[] body = reading.arrived();
      if (body != null) {
        perform(exchange, body);
        return;
      }
    } catch (Refusal refusal) {
      exchange.lastError(refusal.error());
      return;
    }
    Thread.startVirtualThread(() -> await(exchange, reading));
  }

  private void await(Exchange exchange, Bodies.Reading reading) {
    byte[] body;
    try {
      body = reading.await();
    } catch (Refusal refusal) {
      exchange.lastError(refusal.error());
      return;
    } catch (UncheckedIOException e) {
      exchange.callback().failed(e);
      return;
    }
    perform(exchange, body);
  }

  private void perform(Exchange unread, byte[] body) {
    Exchange exchange = unread.with(Callback.from(unread.callback(), () -> bodies.release(body)));
    if (!slots.tryAcquire()) {
      exchange.error(AwsError.client("ThrottlingException", "Rate exceeded"));
      return;
    }
    CompletionStage<? extends SdkPojo> answer;
    try {
      answer = begin(exchange.request(), body);
    } catch (RuntimeException | StackOverflowError e) {
      slots.release();
      exchange.failed(e);
      return;
    }
    answer.whenComplete(
        (shape, failure) -> {
          slots.release();
          if (failure != null) {
            exchange.failed(failure);
          } else {
            exchange.answer(shape);
          }
        });
  }

  private CompletionStage<? extends SdkPojo> begin(Request request, byte[] body) {
    Target target = catalogue.find(request.getHeaders().get("X-Amz-Target"));
    String service = target == null ? null : target.service().signingName();
    Identity identity = routes.verifier().identify(Requests.signed(request, body), service);
    if (target == null || target.operation() == null) {
      throw catalogue.refusal(target);
    }
    SdkPojo shape = JsonShapes.fill(body, target.operation().input().get());
    return routes
        .dispatcher()
        .perform(target.service(), target.operation(), shape, Requests.caller(request, identity));
  }

  /// A request that is answered once, from whichever thread.
  private record Exchange(Request request, Response response, Callback callback, String id) {
    Exchange with(Callback other) {
      return new Exchange(request, response, other, id);
    }

    void answer(SdkPojo shape) {
      byte[] written;
      try {
        written = JsonShapes.write(shape);
      } catch (RuntimeException e) {
        failed(e);
        return;
      }
      Answers.aws(response, callback, id, written);
    }

    void failed(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof Refusal refusal) {
        error(refusal.error());
      } else {
        LOG.error("request {} failed: {}", id, request.getHeaders().get("X-Amz-Target"), cause);
        error(broken());
      }
    }

    void error(AwsError error) {
      Answers.error(response, callback, id, error);
    }

    void lastError(AwsError error) {
      Answers.lastError(response, callback, id, error);
    }
  }

  private static AwsError broken() {
    return AwsError.server(
        "The request processing has failed because of an unknown error, exception or failure.");
  }
}
