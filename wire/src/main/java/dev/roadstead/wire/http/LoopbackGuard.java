package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.sigv4.Policy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Keeps web pages away from a listener that believes every signature. A browser on this machine
/// reaches the port for any page: one whose name was bound to 127.0.0.1 after it was loaded gives
/// itself away by Host, one of another site by Origin. Command lines, SDKs and agents send no
/// Origin, and as Host the address they were given. Safe from any thread.
final class LoopbackGuard {
  private static final int FORBIDDEN = 403;
  private static final String LOCALHOST = "localhost";

  private final boolean open;
  private final String bind;

  /// The Host that passed last. Most clients send the same, so most requests are one comparison.
  private volatile String usual = "";

  /// @param bind where the listener listens, an IP address or a name; always a good Host
  LoopbackGuard(Policy policy, String bind) {
    this.open = policy != Policy.DEVELOPMENT;
    this.bind = bind.toLowerCase(Locale.ROOT);
  }

  /// Whether the request came for a page of another host, and then it has been answered.
  boolean refused(Exchange exchange) {
    if (open) {
      return false;
    }
    HttpHeaders headers = exchange.headers();
    String why = reason(headers.get(HttpHeaderNames.HOST), headers.get(HttpHeaderNames.ORIGIN));
    if (why == null) {
      return false;
    }
    AwsError error = new AwsError("AccessDeniedException", why, FORBIDDEN, new LinkedHashMap<>());
    String id = Answers.requestId();
    Answers.Answer refusal =
        headers.contains(HttpHeaderNames.UPGRADE)
            ? Answers.refusedUpgrade(id, error)
            : Answers.error(id, error);
    exchange.answer(refusal.asLast());
    return true;
  }

  /// Why a request is refused, or null when it is not. Those without a Host are older than it, and
  /// so than any browser.
  @Nullable String reason(@Nullable String host, @Nullable String origin) {
    if (host != null && !host.equals(usual)) {
      if (!isLocal(host)) {
        return "This server does not verify signatures and serves its own machine only: the Host"
            + " header must be localhost or a loopback address, such as 127.0.0.1.";
      }
      usual = host;
    }
    if (origin != null && !isLocalOrigin(origin)) {
      return "This server does not verify signatures and serves its own machine only: web pages"
          + " from elsewhere, which an Origin header tells, are refused.";
    }
    return null;
  }

  private boolean isLocalOrigin(String origin) {
    int scheme = origin.indexOf("://");
    return scheme > 0 && isLocal(origin.substring(scheme + "://".length()));
  }

  /// Whether an authority, `HOST` or `HOST:PORT`, is of this machine by its text alone: nothing is
  /// looked up, as the answer could be whatever a page's owner wants.
  private boolean isLocal(String authority) {
    String host = withoutPort(authority.toLowerCase(Locale.ROOT));
    return host.equals(LOCALHOST)
        || host.equals("[::1]")
        || host.equals(bind)
        || host.equals("[" + bind + "]")
        || (host.endsWith("." + LOCALHOST) && isName(host))
        || isLoopback4(host);
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    if (colon <= authority.lastIndexOf(']')) {
      return authority;
    }
    for (int i = colon + 1; i < authority.length(); i++) {
      if (!isDigit(authority.charAt(i))) {
        return authority;
      }
    }
    return authority.substring(0, colon);
  }

  private static boolean isName(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!isDigit(c) && (c < 'a' || c > 'z') && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /// Whether the text is an address of 127.0.0.0/8, in four decimal numbers.
  private static boolean isLoopback4(String host) {
    if (!host.startsWith("127.")) {
      return false;
    }
    String[] parts = host.split("\\.", -1);
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> isDigit((char) c))) {
        return false;
      }
    }
    return parts.length == 4;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
