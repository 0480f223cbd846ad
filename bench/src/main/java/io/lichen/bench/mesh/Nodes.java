// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossNodeBuilder;
import io.lichen.crypto.identity.MemoryKeyStore;

/** Nodes with embedded defaults that look for nobody. */
final class Nodes {
  private static final String QUIET =
      "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false,\"max_peers\":1000}";

  private Nodes() {}

  /** A node on loopback, not built. */
  static MossNodeBuilder quiet() {
    return MossNode.builder("bench")
        .config(QUIET)
        .listen("127.0.0.1", 0)
        .keyStore(new MemoryKeyStore());
  }

  static String address(MossNode node) {
    return "127.0.0.1:" + node.info().listenPort();
  }
}
