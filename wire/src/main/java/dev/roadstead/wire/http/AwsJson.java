package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import dev.roadstead.wire.http.Catalogue.Target;
import dev.roadstead.wire.sigv4.Identity;
import java.io.UncheckedIOException;
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

  void serve(Request request, Response response, Callback callback) {
    String requestId = Answers.requestId();
    byte[] body;
    try {
      body = bodies.read(request);
    } catch (Refusal refusal) {
      Answers.lastError(response, callback, requestId, refusal.error());
      return;
    } catch (UncheckedIOException e) {
      callback.failed(e);
      return;
    }
    Callback released = Callback.from(callback, () -> bodies.release(body));
    try {
      byte[] answer = answer(request, body);
      Answers.aws(response, released, requestId, answer);
    } catch (Refusal refusal) {
      Answers.error(response, released, requestId, refusal.error());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("request {} failed: {}", requestId, request.getHeaders().get("X-Amz-Target"), e);
      Answers.error(response, released, requestId, broken());
    }
  }

  private byte[] answer(Request request, byte[] body) {
    if (!slots.tryAcquire()) {
      throw AwsError.client("ThrottlingException", "Rate exceeded").refusal();
    }
    try {
      Target target = catalogue.find(request.getHeaders().get("X-Amz-Target"));
      String service = target == null ? null : target.service().signingName();
      Identity identity = routes.verifier().identify(Requests.signed(request, body), service);
      if (target == null || target.operation() == null) {
        throw catalogue.refusal(target);
      }
      SdkPojo shape = JsonShapes.fill(body, target.operation().input().get());
      SdkPojo answer =
          routes
              .dispatcher()
              .perform(
                  target.service(), target.operation(), shape, Requests.caller(request, identity));
      return JsonShapes.write(answer);
    } finally {
      slots.release();
    }
  }

  private static AwsError broken() {
    return AwsError.server(
        "The request processing has failed because of an unknown error, exception or failure.");
  }
}
