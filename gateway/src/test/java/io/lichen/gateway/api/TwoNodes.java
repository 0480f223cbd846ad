// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.transport.wait.Await;

/** Two Moss nodes that are connected, a gateway on each, and a client for each gateway. */
final class TwoNodes implements AutoCloseable {
  private static final String MARK = "the last so far";

  final MossNode nodeA;
  final MossNode nodeB;
  final Gateway gatewayA;
  final Gateway gatewayB;
  final ApiClient a;
  final ApiClient b;

  /** Two whose configuration has these members, too. */
  TwoNodes(String members) {
    nodeA = node(members);
    nodeB = node(members);
    nodeA.start();
    nodeB.start();
    nodeB.connect(address(nodeA));
    Await.until(() -> nodeA.info().peerCount() == 1);
    gatewayA = Gateway.builder().moss(nodeA).start();
    gatewayB = Gateway.builder().moss(nodeB).start();
    a = new ApiClient(gatewayA);
    b = new ApiClient(gatewayB);
  }

  /**
   * Waits until the first node knows to what the second one listens by now: of that it hears in
   * order, some time after the second one itself.
   */
  void awaitListening() {
    nodeB.subscribe(MARK);
    Await.until(this::isMarkKnown);
    nodeB.unsubscribe(MARK);
  }

  private boolean isMarkKnown() {
    try {
      return nodeA.publish(MARK, new byte[0]).peers() == 1;
    } catch (MossException e) {
      return false;
    }
  }

  /** One that is not started. */
  static MossNode node(String members) {
    return MossNode.builder("gateway-test")
        .config(
            "{\"trackers\":[],\"lan_discovery_enabled\":false,\"dht_enabled\":false"
                + members
                + "}")
        .listen("127.0.0.1", 0)
        .build();
  }

  static String address(MossNode node) {
    return "127.0.0.1:" + node.info().listenPort();
  }

  @Override
  public void close() {
    a.close();
    b.close();
    gatewayA.close();
    gatewayB.close();
    nodeA.close();
    nodeB.close();
  }
}
