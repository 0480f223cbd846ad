// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.nat.upnp.Ssdp;
import java.net.InetSocketAddress;

/**
 * At which ports routers are asked.
 *
 * @param mappingPort of NAT-PMP and PCP
 * @param ssdp where UPnP devices are called
 */
public record Doors(int mappingPort, InetSocketAddress ssdp) {
  private static final int NAT_PMP = 5351;

  /** Those of the standards. */
  public static Doors standard() {
    return new Doors(NAT_PMP, Ssdp.GROUP);
  }
}
