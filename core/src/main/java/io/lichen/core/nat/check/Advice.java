// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import io.lichen.nat.behaviour.Mapping;
import java.util.ArrayList;
import java.util.List;

/** What findings mean for whoever runs a node here. Stateless. */
final class Advice {
  private static final String OPEN_BY_HAND =
      "or forward a fixed port (\"listen_port\"), TCP and UDP, to this machine by hand";

  private Advice() {}

  /** The findings with advice. */
  static NatFindings completed(NatFindings found) {
    return new NatFindings(
        found.type(),
        found.mapping(),
        found.filtering(),
        found.carrier(),
        found.external(),
        found.mapped(),
        found.local(),
        found.routers(),
        found.tried(),
        of(found));
  }

  private static List<String> of(NatFindings found) {
    List<String> advice = new ArrayList<>();
    if (found.tried().stream().anyMatch(each -> each.method().equals("STUN"))
        && !found.worked("STUN")) {
      advice.add(
          "No STUN server answered: UDP may be blocked, or there is no way to the servers. Nodes"
              + " connect over TCP then, and through relays.");
    }
    advice.add(found.carrier() ? secondNat(found) : reaching(found));
    if (!found.carrier() && isDependent(found.mapping())) {
      advice.add(
          "The NAT uses another address for each destination: hole punching works with peers behind"
              + " cones or in the open, and with others only if ports can be predicted.");
    }
    return advice;
  }

  private static boolean isDependent(Mapping mapping) {
    return mapping == Mapping.ADDRESS_DEPENDENT || mapping == Mapping.ADDRESS_AND_PORT_DEPENDENT;
  }

  private static String secondNat(NatFindings found) {
    String opened =
        found.mapped().isEmpty() ? "" : "The router opens ports, but it is behind a NAT itself. ";
    return opened
        + "A second NAT, mostly the provider's, stands before this network. Peers are reached by hole"
        + " punching or through relays. For an address of your own ask the provider for public IPv4;"
        + " if the second router is yours, put it into bridge mode.";
  }

  private static String reaching(NatFindings found) {
    if (found.mapping() == Mapping.NONE) {
      return "Nothing translates this machine's address. If peers cannot connect, let TCP and UDP in"
          + " at the node's port in the firewall.";
    }
    if (!found.mapped().isEmpty()) {
      return "A router opens ports: turn that on for the node with " + keys(found) + ".";
    }
    if (found.mapping() == Mapping.UNKNOWN) {
      return "To be reachable for everybody turn on UPnP or NAT-PMP in the router, "
          + OPEN_BY_HAND
          + ".";
    }
    return "Peers can be met by hole punching. To be reachable for everybody turn on UPnP or NAT-PMP"
        + " in the router, "
        + OPEN_BY_HAND
        + ".";
  }

  /** The keys of the protocols that worked. */
  private static String keys(NatFindings found) {
    List<String> keys = new ArrayList<>();
    if (found.worked("UPnP")) {
      keys.add("\"upnp_enabled\":true");
    }
    if (found.worked("NAT-PMP")) {
      keys.add("\"natpmp_enabled\":true");
    }
    if (found.worked("PCP")) {
      keys.add("\"pcp_enabled\":true");
    }
    return "\"nat\":{" + String.join(",", keys) + "}";
  }
}
