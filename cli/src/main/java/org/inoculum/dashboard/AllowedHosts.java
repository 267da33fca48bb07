package org.inoculum.dashboard;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which a browser may call this server. A page elsewhere can make its own name mean
 * this machine (DNS rebinding), but it cannot make the browser send another name than its own.
 *
 * @param authorities host and port, in small letters, as in {@code localhost:8420}
 */
record AllowedHosts(Set<String> authorities) {
  private static final int HTTP = 80;

  /** The names of loopback, and where more than loopback is listened on, those addresses. */
  static AllowedHosts of(InetAddress address, int port) throws SocketException {
    Set<String> authorities = new TreeSet<>();
    add(authorities, "localhost", port);
    add(authorities, DashboardOptions.LOOPBACK, port);
    add(authorities, "[::1]", port);
    if (address.isAnyLocalAddress()) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(own -> add(authorities, literal(own), port));
    } else {
      add(authorities, literal(address), port);
    }
    return new AllowedHosts(Set.copyOf(authorities));
  }

  private static void add(Set<String> authorities, String host, int port) {
    authorities.add(host + ":" + port);
    if (port == HTTP) {
      authorities.add(host);
    }
  }

  /** An address as it stands in a URL. */
  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return bare.contains(":") ? "[" + bare + "]" : bare;
  }

  /** Whether a Host header holds one of the names. */
  boolean allowsHost(String host) {
    return authorities.contains(host.toLowerCase(Locale.ROOT));
  }

  /** Whether an Origin header names a page of this server. */
  boolean allowsOrigin(String origin) {
    String scheme = "http://";
    return origin.startsWith(scheme) && allowsHost(origin.substring(scheme.length()));
  }
}
