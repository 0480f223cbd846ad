// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.locks.LockSupport;

/** What peers cost a node that is alone in its process: the heap that lives after collections. */
final class LiveHeap {
  private static final String CHANNEL = "crowd";
  private static final int CONNECTED_PEERS = 200;
  private static final int MESSAGES = 500;
  private static final long MESSAGE_INTERVAL_NS = 20_000_000L;
  private static final int MESSAGE_BYTES = 256;
  private static final double CONNECTED_LIMIT_MB = 50;
  private static final int WARM_UP_PEERS = 1_000;
  private static final int PASSING_PEERS = 10_000;
  private static final double BACK_TO_BASELINE_PERCENT = 5;
  private static final int COLLECTIONS = 4;
  private static final long PAUSE_NS = 200_000_000L;
  private static final long PEERS_LIMIT_NS = 60_000_000_000L;

  private LiveHeap() {}

  /** The heap with many peers, at rest and at the end of a steady stream to all of them. */
  static void measureConnected(Figures figures) throws IOException {
    try (MossNode node = Nodes.quiet().build();
        Crowd crowd = new Crowd()) {
      node.start();
      node.subscribe(CHANNEL);
      double alone = megabytes();
      crowd.stay(CONNECTED_PEERS, CHANNEL, Nodes.address(node));
      awaitPeers(node, CONNECTED_PEERS);
      double idle = megabytes();
      for (int i = 0; i < MESSAGES; i++) {
        node.publish(CHANNEL, new byte[MESSAGE_BYTES]);
        LockSupport.parkNanos(MESSAGE_INTERVAL_NS);
      }
      double talked = megabytes();
      awaitPeers(node, CONNECTED_PEERS);
      figures.title(CONNECTED_PEERS + " peers in another process: live heap");
      figures.told("before the first", alone, "MB");
      figures.atMost("all connected", idle, CONNECTED_LIMIT_MB, "MB");
      figures.atMost(
          "after " + MESSAGES + " messages of 256 B to each", talked, CONNECTED_LIMIT_MB, "MB");
    }
  }

  /** The heap before and after many peers came and went. */
  static void measureChurn(Figures figures) throws IOException {
    try (MossNode node = Nodes.quiet().build();
        Crowd crowd = new Crowd()) {
      node.start();
      node.subscribe(CHANNEL);
      crowd.pass(WARM_UP_PEERS, CHANNEL, Nodes.address(node));
      awaitPeers(node, 0);
      double before = megabytes();
      crowd.pass(PASSING_PEERS, CHANNEL, Nodes.address(node));
      awaitPeers(node, 0);
      double after = megabytes();
      figures.title(PASSING_PEERS + " peers come and go: live heap");
      figures.told("before", before, "MB");
      figures.told("after", after, "MB");
      figures.atMost("change", 100 * (after / before - 1), BACK_TO_BASELINE_PERCENT, "%");
    }
  }

  private static void awaitPeers(MossNode node, int count) {
    long deadlineNs = System.nanoTime() + PEERS_LIMIT_NS;
    while (node.info().peerCount() != count) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new IllegalStateException(
            node.info().peerCount() + " peers are connected, not " + count);
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  /** What lives after collections, with pauses in which cleaners do their part; 10^6 bytes. */
  private static double megabytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
      LockSupport.parkNanos(PAUSE_NS);
    }
    return memory.getHeapMemoryUsage().getUsed() / 1e6;
  }
}
