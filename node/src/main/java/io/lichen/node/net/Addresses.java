// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import io.lichen.node.lines.BadLineException;
import io.lichen.node.lines.LineObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** {@code host:port} in lines; an IPv6 address stands in brackets. */
final class Addresses {
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  static InetSocketAddress parse(LineObject op, String member) throws BadLineException {
    String text = op.text(member);
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, colon);
      int port = Integer.parseInt(text.substring(colon + 1));
      if (!host.isEmpty() && port > 0 && port <= MAX_PORT) {
        return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
      }
    } catch (UnknownHostException e) {
      throw op.bad("\"" + member + "\" names no host: \"" + LineObject.abbreviate(text) + '"');
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Said below.
    }
    throw op.bad("\"" + member + "\" is not host:port: \"" + LineObject.abbreviate(text) + '"');
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
