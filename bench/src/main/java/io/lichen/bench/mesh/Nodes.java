// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossNodeBuilder;
import io.lichen.crypto.identity.MemoryKeyStore;

/** Nodes with embedded defaults that look for nobody. */
final class Nodes {
  private static final int MANY_PEERS = 1000;
  private static final int HEARTBEAT_MS = 1000;

  private Nodes() {}

  /** A node on loopback, not built. */
  static MossNodeBuilder quiet() {
    return of(MANY_PEERS, HEARTBEAT_MS);
  }

  /** The same with another pulse. */
  static MossNodeBuilder quiet(int heartbeatMs) {
    return of(MANY_PEERS, heartbeatMs);
  }

  /** One that has no room for a second peer. */
  static MossNodeBuilder ofOnePeer() {
    return of(1, HEARTBEAT_MS);
  }

  static String address(MossNode node) {
    return "127.0.0.1:" + node.info().listenPort();
  }

  private static MossNodeBuilder of(int maxPeers, int heartbeatMs) {
    String config =
        """
        {"trackers": [], "dht_enabled": false, "lan_discovery_enabled": false,
         "max_peers": %d, "gossipsub": {"heartbeat_ms": %d}}"""
            .formatted(maxPeers, heartbeatMs);
    return MossNode.builder("bench")
        .config(config)
        .listen("127.0.0.1", 0)
        .keyStore(new MemoryKeyStore());
  }
}
