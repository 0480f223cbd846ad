// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The node for which peers are looked for. Called from any thread but the node's loop. */
public interface DiscoveryHost {
  /** Somebody has named addresses; nobody vouches for them. */
  void found(DiscoverySource source, Collection<Endpoint> endpoints);

  /** Number of peers connected. */
  int connectedPeers();

  /**
   * Where those connected peers listen that this node reached by itself; may block for a moment.
   */
  List<Endpoint> reachedPeers();

  /**
   * Trackers were asked.
   *
   * @param candidates how many addresses they named
   * @param error why the last of them failed; null if one answered at least
   */
  void announced(int candidates, @Nullable String error);
}
