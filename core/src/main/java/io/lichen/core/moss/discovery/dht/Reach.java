// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.nat.profile.AddressRank;
import java.net.Inet4Address;

/**
 * Who may name whom (docs/wire/moss-discovery.md, "DHT"): addresses that reach at least as far as
 * that of whoever names them or is told of them. So a stranger cannot make this node knock on
 * private networks and on this machine, and is not told of them. Stateless.
 */
final class Reach {
  private Reach() {}

  /** Whether a node can be at this address. */
  static boolean isPossible(Endpoint endpoint) {
    return endpoint.host() instanceof Inet4Address && endpoint.isDialable();
  }

  /** Whether an address may pass between this node and the one at {@code other}. */
  static boolean mayPass(Endpoint other, Endpoint named) {
    return isPossible(named) && named.rank().compareTo(other.rank()) >= 0;
  }

  /**
   * What counts as one place among many nodes: a network of 256 public addresses, as whoever has
   * one of them often has them all; elsewhere the endpoint.
   */
  static Object place(Endpoint endpoint) {
    if (endpoint.rank() != AddressRank.PUBLIC) {
      return endpoint;
    }
    byte[] octets = endpoint.host().getAddress();
    return (octets[0] & 0xff) << 16 | (octets[1] & 0xff) << 8 | (octets[2] & 0xff);
  }
}
