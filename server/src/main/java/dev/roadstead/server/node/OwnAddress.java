package dev.roadstead.server.node;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The URL under which agents reach a listener.
///
/// An agent is told the Host of its own request, whether an address, a name, or one that a router
/// translates: there it has just reached us, and there it signed for. Only a proxy that ends TLS
/// or rewrites addresses needs an advertised URL.
///
/// @param advertised goes before everything else; null when not configured
/// @param own for requests without a Host
public record OwnAddress(@Nullable String advertised, String own) {
  private static final String LOOPBACK = "127.0.0.1";

  /// The longest name of the DNS is 253. Source: RFC 1035, section 2.3.4.
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

  /// That of a listener.
  ///
  /// @param bind an IP address or host name of this machine
  public static OwnAddress of(@Nullable String advertised, String bind, int port) {
    return new OwnAddress(advertised, "http://" + host(bind) + ":" + port);
  }

  /// A configured URL, `http://HOST[:PORT]` or `https://HOST[:PORT]`, without a slash at its end;
  /// null when the text is none.
  public static @Nullable String advertised(String text) {
    String url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    int authority = url.indexOf("://") + 3;
    boolean scheme = url.startsWith("http://") || url.startsWith("https://");
    return scheme && HOST.matcher(url.substring(authority)).matches() ? url : null;
  }

  /// The URL for everybody.
  public String url() {
    return advertised != null ? advertised : own;
  }

  /// The URL for an agent.
  ///
  /// @param host the Host header of its request; empty when there is none
  public String url(String host) {
    return advertised == null && HOST.matcher(host).matches() ? "http://" + host : url();
  }

  /// The address a listener is bound to, or this machine's first when it is bound to all.
  private static String host(String bind) {
    try {
      InetAddress address = InetAddress.getByName(bind);
      if (!address.isAnyLocalAddress()) {
        return bind.indexOf(':') >= 0 && !bind.startsWith("[") ? "[" + bind + "]" : bind;
      }
      return first().map(InetAddress::getHostAddress).orElse(LOOPBACK);
    } catch (UnknownHostException | SocketException _) {
      return bind;
    }
  }

  private static Optional<InetAddress> first() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(OwnAddress::physical)
        .flatMap(NetworkInterface::inetAddresses)
        .filter(one -> one instanceof Inet4Address && !one.isLinkLocalAddress())
        .findFirst();
  }

  /// Bridges of container engines are of no use to other machines.
  private static boolean physical(NetworkInterface one) {
    try {
      String name = one.getName();
      return one.isUp()
          && !one.isLoopback()
          && !name.startsWith("docker")
          && !name.startsWith("br-")
          && !name.startsWith("veth");
    } catch (SocketException _) {
      return false;
    }
  }
}
