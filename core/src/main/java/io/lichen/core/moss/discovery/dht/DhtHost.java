// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.List;

/** What a {@link DhtNode} needs of the world. Called within its methods. */
public interface DhtHost {
  /** Sends a datagram; it may get lost. */
  void send(Endpoint to, byte[] datagram);

  /** Somebody has named peers of the mesh; nobody vouches for them. */
  void found(List<Endpoint> peers);

  /**
   * The node knows too few others: {@link DhtNode#bootstrap} is to be called with nodes to begin
   * with, or with none, now or later.
   */
  void needsBootstrap();
}
