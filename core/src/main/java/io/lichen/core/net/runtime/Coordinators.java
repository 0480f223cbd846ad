// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.capability.CapabilityIndex;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.nat.NatPeers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Which peers may introduce this node to another one (docs/wire/net-nat.md, "Direct connects"). */
final class Coordinators {
  /** Peers asked one after the other. */
  static final int MAX = 4;

  private static final String RELAY_TAG = "relay-capable";

  private Coordinators() {}

  /**
   * The peer on the way to the target, then those that say they relay, then others; among equals by
   * chance, so that not all ask the same one.
   */
  static List<Long> choose(long target, MeshEngines mesh, NatPeers peers, long nowNs) {
    OptionalLong via = mesh.routing.nextHop(target, nowNs);
    CapabilityIndex index = mesh.announcements.index();
    List<Long> candidates = new ArrayList<>(peers.direct());
    candidates.remove(target);
    Collections.shuffle(candidates);
    candidates.sort(
        Comparator.comparingInt(
            node -> {
              if (via.isPresent() && via.getAsLong() == node) {
                return 0;
              }
              CapabilitySet has = index.get(node, nowNs);
              return has != null && has.hasTag(RELAY_TAG) ? 1 : 2;
            }));
    return candidates.size() <= MAX ? candidates : List.copyOf(candidates.subList(0, MAX));
  }
}
