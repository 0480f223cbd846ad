// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks for gateways by SSDP (UPnP Device Architecture 1.1, section 1.3); stateless. */
public final class Ssdp {
  /** Where questions go. */
  public static final InetSocketAddress GROUP =
      new InetSocketAddress(InetAddress.ofLiteral("239.255.255.250"), 1900);

  /** The devices that are looked for, in this order. */
  public static final List<String> TARGETS =
      List.of(
          "urn:schemas-upnp-org:device:WANConnectionDevice:1",
          "urn:schemas-upnp-org:device:WANConnectionDevice:2");

  private static final String LOCATION = "location:";

  private Ssdp() {}

  /** A question for devices of one type. */
  public static byte[] search(String target) {
    String text =
        String.join(
            "\r\n",
            "M-SEARCH * HTTP/1.1",
            "HOST: 239.255.255.250:1900",
            "MAN: \"ssdp:discover\"",
            "MX: 1",
            "ST: " + target,
            "",
            "");
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Where the description of the device is that answers.
   *
   * @param from who answers: a description elsewhere is not believed, or everybody in the network
   *     could have this node ask whom he likes
   * @return empty if it is no answer, or no HTTP address at this host
   */
  public static Optional<URI> location(InetAddress from, byte[] datagram) {
    List<String> lines = new String(datagram, StandardCharsets.ISO_8859_1).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().matches("HTTP/1\\.[01] 200.*")) {
      return Optional.empty();
    }
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(LOCATION))
        .findFirst()
        .flatMap(line -> httpAt(from, line.substring(LOCATION.length()).strip()));
  }

  static Optional<URI> httpAt(InetAddress host, String text) {
    try {
      URI uri = new URI(text);
      boolean there =
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && InetAddress.ofLiteral(uri.getHost()).equals(host);
      return there ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
