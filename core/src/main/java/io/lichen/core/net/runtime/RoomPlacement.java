// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.CapabilityIndex;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.ScopeFilter;
import io.lichen.core.net.replica.Room;
import io.lichen.redex.replica.ReplicaPlacement;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationConfig.Placement;
import io.lichen.redex.replica.ReplicationLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Chooses the nodes that announced most room, of several with as much the smaller ids. What belongs
 * together with what, only an application knows: for that nobody is chosen.
 */
final class RoomPlacement implements ReplicaPlacement {
  private record Offer(long node, int room) {}

  private final MeshEngines engines;
  private final Wire wire;

  RoomPlacement(MeshEngines engines, Wire wire) {
    this.engines = engines;
    this.wire = wire;
  }

  @Override
  public List<Long> choose(String log, ReplicationConfig config) {
    if (config.placement() != Placement.STANDARD) {
      return List.of();
    }
    List<Offer> offers = new ArrayList<>(wire.call(this::offers));
    offers.sort(
        Comparator.comparingInt(Offer::room)
            .reversed()
            .thenComparing(Offer::node, Long::compareUnsigned));
    return offers.size() < config.factor()
        ? List.of()
        : offers.subList(0, config.factor()).stream().map(Offer::node).toList();
  }

  private List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    long nowNs = wire.loop().nowNs();
    CapabilityIndex index = engines.announcements.index();
    CapabilityFilter keepers = CapabilityFilter.ofTags(ReplicationLink.TERMS_TAG);
    for (long node : index.find(keepers, ScopeFilter.ANY, nowNs)) {
      CapabilitySet has = index.get(node, nowNs);
      OptionalInt room = has == null ? OptionalInt.empty() : Room.of(has.tags().tags());
      room.ifPresent(power -> offers.add(new Offer(node, power)));
    }
    return offers;
  }
}
