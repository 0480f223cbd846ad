// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.NatType;

/** Whether a plain dial deserves little time, since a NAT is likely to lie before the other end. */
public final class ShortProbe {
  private ShortProbe() {}

  /**
   * Decides.
   *
   * @param address {@code host:port} of the other end; empty if unknown
   * @param near whether it was found on the local network
   * @param reachable whether it has shown that others reach it
   * @param type what it is behind
   */
  public static boolean applies(String address, boolean near, boolean reachable, NatType type) {
    if (address.isEmpty() || near || reachable || type == NatType.PUBLIC) {
      return false;
    }
    return !AddressRank.isLoopback(address) && AddressRank.of(address) != AddressRank.PRIVATE;
  }
}
