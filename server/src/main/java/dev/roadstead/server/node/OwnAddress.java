package dev.roadstead.server.node;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/// The address under which agents reach a listener.
public final class OwnAddress {
  private static final String LOOPBACK = "127.0.0.1";

  private OwnAddress() {}

  /// The URL of a listener: of the address it is bound to, or of this machine's first address when
  /// it is bound to all.
  ///
  /// @param bind an IP address or host name of this machine
  public static String url(String bind, int port) {
    return "http://" + host(bind) + ":" + port;
  }

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
