package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import java.util.LinkedHashMap;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers requests that Jetty itself refuses, such as those whose headers are too large or make
/// no sense, in AWS's form.
final class BadRequests implements Request.Handler {
  private static final int SERVER = 500;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refused) {
      status = refused.getCode();
    }
    String code = status >= SERVER ? "ServerException" : "BadRequestException";
    var error =
        new AwsError(code, HttpStatus.getMessage(status) + ".", status, new LinkedHashMap<>());
    Answers.lastError(response, callback, Answers.requestId(), error);
    return true;
  }
}
