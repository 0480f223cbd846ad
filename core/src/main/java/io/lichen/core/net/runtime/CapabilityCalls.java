// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetCapabilities;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.ScopeFilter;
import io.lichen.core.net.channel.CapabilityGate;
import io.lichen.core.net.wire.CapabilityTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What nodes have, as the application sees it. */
final class CapabilityCalls implements NetCapabilities {
  private final MeshEngines engines;
  private final Subprotocols subprotocols;
  private final Wire wire;
  private final EngineTimers timers;

  /** What the application announced last; loop only. */
  private CapabilitySet announced = CapabilitySet.EMPTY;

  CapabilityCalls(NetParts parts) {
    this.engines = parts.meshEngines;
    this.subprotocols = parts.subprotocols;
    this.wire = parts.wire;
    this.timers = parts.timers;
    subprotocols.onTagsChanged(this::tagsChanged);
  }

  @Override
  public void announce(CapabilitySet capabilities) {
    wire.call(
        () -> {
          tell(capabilities);
          announced = capabilities;
          return capabilities;
        });
  }

  private void tagsChanged() {
    wire.call(
        () -> {
          tell(announced);
          return announced;
        });
  }

  private void tell(CapabilitySet capabilities) {
    List<String> tags = new ArrayList<>(capabilities.tags().tags());
    tags.addAll(subprotocols.tags());
    try {
      engines.announcements.announce(
          CapabilitySet.of(CapabilityTags.of(tags, capabilities.tags().metadata())),
          wire.loop().nowNs(),
          MeshEngines.unixNs());
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.CAPABILITY, String.valueOf(e.getMessage()), e);
    }
    timers.arm(wire.loop());
  }

  @Override
  public List<Long> findNodes(CapabilityFilter filter, ScopeFilter scope) {
    return wire.call(() -> engines.announcements.index().find(filter, scope, wire.loop().nowNs()));
  }

  @Override
  public Optional<CapabilitySet> of(long nodeId) {
    return wire.call(
        () -> Optional.ofNullable(engines.announcements.index().get(nodeId, wire.loop().nowNs())));
  }

  @Override
  public CapabilityGate gate(CapabilityFilter filter) {
    return nodeId -> {
      CapabilitySet has = engines.announcements.index().get(nodeId, wire.loop().nowNs());
      return has != null && filter.matches(has);
    };
  }
}
