// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.net.InetAddress;

/**
 * An address of this machine with a router that may be asked to open ports.
 *
 * @param local this machine's end
 * @param gateway the router
 */
public record Uplink(LocalAddress local, InetAddress gateway) {
  @Override
  public String toString() {
    return gateway.getHostAddress() + " over " + local.interfaceName();
  }
}
