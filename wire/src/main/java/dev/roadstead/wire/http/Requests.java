package dev.roadstead.wire.http;

import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.sigv4.Identity;
import dev.roadstead.wire.sigv4.SignedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// Jetty's requests in the words of the rest of the wire.
final class Requests {
  private Requests() {}

  static SignedRequest signed(Request request, byte[] body) {
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getLowerCaseName(), _ -> new ArrayList<>(1))
          .add(value == null ? "" : value);
    }
    String path = request.getHttpURI().getPath();
    return new SignedRequest(
        request.getMethod(),
        path == null ? "/" : path,
        request.getHttpURI().getQuery(),
        headers,
        body);
  }

  static Caller caller(Request request, Identity identity) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return new Caller(
        identity.account(),
        identity.region(),
        identity.accessKeyId(),
        identity.principalArn(),
        Request.getRemoteAddr(request),
        host == null ? "" : host,
        request.isSecure());
  }
}
