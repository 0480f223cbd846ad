// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.ScopeFilter;
import io.lichen.core.net.channel.CapabilityGate;
import java.util.List;
import java.util.Optional;

/** What nodes of the mesh have, as they tell each other. Thread-safe. */
public interface NetCapabilities {
  /**
   * Says what this node has, in place of what it said before. Peers are told at once, or 10 s after
   * they were told the last time; nodes further away by them.
   *
   * @throws NetException {@link NetError#CAPABILITY} if it does not fit into one event of 8104
   *     bytes; nothing has changed then
   */
  void announce(CapabilitySet capabilities);

  /** The nodes that have what is asked for, this one included, in the order of their ids. */
  default List<Long> findNodes(CapabilityFilter filter) {
    return findNodes(filter, ScopeFilter.ANY);
  }

  /** {@link #findNodes(CapabilityFilter)} among those that may be found from a scope. */
  List<Long> findNodes(CapabilityFilter filter, ScopeFilter scope);

  /** What a node has, this one included; nothing if it has not said, or not for long. */
  Optional<CapabilitySet> of(long nodeId);

  /** Lets nodes pass that have what is asked for: for the configuration of channels. */
  CapabilityGate gate(CapabilityFilter filter);
}
