// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;

/**
 * What a node must be to relay for others.
 *
 * @param minUptimeNs how long it has to run before, in nanoseconds
 * @param maxSessions how many sessions it carries at most
 */
public record SupernodeRule(long minUptimeNs, int maxSessions) {
  /** Whether a node is that, which carries so many sessions. */
  public boolean admits(NatProfile profile, long uptimeNs, int sessions) {
    boolean isOpen = profile.type() == NatType.PUBLIC || profile.type() == NatType.FULL_CONE;
    return isOpen && profile.reachable() && uptimeNs >= minUptimeNs && sessions < maxSessions;
  }
}
