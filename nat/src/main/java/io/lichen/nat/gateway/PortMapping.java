// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * A port that a gateway holds open.
 *
 * @param external where everybody reaches this machine
 * @param kinds for what; the external port is the first's: UDP, if that is among them
 * @param protocol how the gateway was asked
 */
public record PortMapping(InetSocketAddress external, Set<PortKind> kinds, String protocol) {
  /** Keeps a copy. */
  public PortMapping {
    kinds = Set.copyOf(kinds);
  }
}
