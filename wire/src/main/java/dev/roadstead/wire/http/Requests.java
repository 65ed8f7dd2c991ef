package dev.roadstead.wire.http;

import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.sigv4.Identity;
import dev.roadstead.wire.sigv4.SignedRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Requests in the words of the rest of the wire.
final class Requests {
  private Requests() {}

  static SignedRequest signed(Exchange exchange) {
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> sent =
        exchange.headers().iteratorCharSequence();
    while (sent.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = sent.next();
      headers
          .computeIfAbsent(
              header.getKey().toString().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
          .add(header.getValue().toString());
    }
    return new SignedRequest(
        exchange.method(), exchange.path(), exchange.query(), headers, exchange.body());
  }

  static Caller caller(Exchange exchange, Identity identity) {
    String host = exchange.headers().get(HttpHeaderNames.HOST);
    return new Caller(
        identity.account(),
        identity.region(),
        identity.accessKeyId(),
        identity.principalArn(),
        exchange.peer(),
        host == null ? "" : host,
        false);
  }
}
