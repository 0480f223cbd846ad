// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.util.List;

/**
 * What this machine is connected to at one time. Immutable.
 *
 * @param addresses of interfaces that are up, in the order of the system
 * @param routes the default routes, the preferred first
 * @param hasRoutingTable whether {@code routes} are known; if not, nobody can tell
 */
public record LocalNetwork(
    List<LocalAddress> addresses, List<DefaultRoute> routes, boolean hasRoutingTable) {
  /** Copies the lists. */
  public LocalNetwork {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
  }

  /** Connected to nothing. */
  public static LocalNetwork none() {
    return new LocalNetwork(List.of(), List.of(), false);
  }

  /** Where what this machine is connected to is looked up; thread-safe. */
  public interface Source {
    /** What it is connected to now. */
    LocalNetwork read();
  }
}
