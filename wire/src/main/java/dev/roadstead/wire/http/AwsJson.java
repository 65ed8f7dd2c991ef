package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import dev.roadstead.wire.sigv4.Identity;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;

/// `POST /` with `X-Amz-Target`: AWS JSON 1.1.
final class AwsJson {
  private static final Logger LOG = LoggerFactory.getLogger(AwsJson.class);
  private static final String TARGET = "X-Amz-Target";

  private final Routes routes;
  private final Catalogue catalogue;
  private final Semaphore slots;

  /// @param slots one for each request that may be performed at once
  AwsJson(Routes routes, Semaphore slots) {
    this.routes = routes;
    this.catalogue = new Catalogue(routes.services());
    this.slots = slots;
  }

  /// Answers when the answer is there; the calling thread goes on.
  void serve(Exchange exchange) {
    String id = Answers.requestId();
    if (!slots.tryAcquire()) {
      AwsError busy = AwsError.client("ThrottlingException", "Rate exceeded");
      exchange.answer(Answers.error(id, busy));
      return;
    }
    CompletionStage<? extends SdkPojo> answer;
    try {
      answer = begin(exchange);
    } catch (RuntimeException | StackOverflowError e) {
      slots.release();
      exchange.answer(failed(exchange, id, e));
      return;
    }
    answer.whenComplete(
        (shape, failure) -> {
          slots.release();
          if (failure == null) {
            exchange.execute(() -> exchange.answer(written(exchange, id, shape)));
          } else {
            exchange.answer(failed(exchange, id, failure));
          }
        });
  }

  private CompletionStage<? extends SdkPojo> begin(Exchange exchange) {
    Catalogue.Target target = catalogue.find(exchange.headers().get(TARGET));
    String service = target == null ? null : target.service().signingName();
    Identity identity = routes.verifier().identify(Requests.signed(exchange), service);
    if (target == null || target.operation() == null) {
      throw catalogue.refusal(target);
    }
    SdkPojo shape = JsonShapes.fill(exchange.body(), target.operation().input().get());
    return routes
        .dispatcher()
        .perform(target.service(), target.operation(), shape, Requests.caller(exchange, identity));
  }

  private static Answers.Answer written(Exchange exchange, String id, SdkPojo shape) {
    try {
      return Answers.aws(id, JsonShapes.buffer(shape));
    } catch (RuntimeException | StackOverflowError e) {
      return failed(exchange, id, e);
    }
  }

  private static Answers.Answer failed(Exchange exchange, String id, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refusal refusal) {
      return Answers.error(id, refusal.error());
    }
    LOG.error("request {} failed: {}", id, exchange.headers().get(TARGET), cause);
    return Answers.error(
        id,
        AwsError.server(
            "The request processing has failed because of an unknown error, exception or"
                + " failure."));
  }
}
