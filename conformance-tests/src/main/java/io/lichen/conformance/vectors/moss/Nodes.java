// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossNodeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes on loopback that nobody finds, and the codes of what is done to them. */
final class Nodes implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<MossNode> made = new ArrayList<>();

  /** A node that listens on this port, 0 for any. */
  MossNode make(String meshId, int port) {
    return keep(builder(meshId, port));
  }

  MossNodeBuilder builder(String meshId, int port) {
    return MossNode.builder(meshId)
        .config(
            """
            {"network_id":"lichen-vectors","trackers":[],"dht_enabled":false,
             "lan_discovery_enabled":false,"telemetry":{"enabled":false},"listen_port":%d,
             "lichen":{"listen_host":"127.0.0.1"}}
            """
                .formatted(port));
  }

  MossNode keep(MossNodeBuilder builder) {
    MossNode node = builder.build();
    made.add(node);
    return node;
  }

  static String address(MossNode node) {
    return "127.0.0.1:" + node.info().listenPort();
  }

  /** 0 if it went well, else the code of the refusal. */
  static int code(Runnable call) {
    try {
      call.run();
      return 0;
    } catch (MossException e) {
      return e.error().code();
    }
  }

  @Override
  public void close() {
    made.forEach(MossNode::close);
  }
}
