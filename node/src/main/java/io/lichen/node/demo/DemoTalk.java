// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets each node publish a number of messages to each channel, at a pace one can watch. */
final class DemoTalk {
  /** To each channel by each node: 300 messages in all. */
  static final int MESSAGES = 50;

  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long ARRIVAL_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

  private final List<DemoNode> nodes;
  private final DemoTable table;

  DemoTalk(List<DemoNode> nodes, DemoTable table) {
    this.nodes = nodes;
    this.table = table;
  }

  /** Returns when everything has arrived, or the time for it is over. */
  void run() {
    for (int message = 0; message < MESSAGES; message++) {
      for (DemoNode node : nodes) {
        for (String channel : DemoNode.CHANNELS) {
          node.publish(channel, message);
        }
      }
      table.show(nodes);
      LockSupport.parkNanos(PAUSE_NS);
    }
    long startNs = System.nanoTime();
    while (!Tally.of(nodes).isComplete() && System.nanoTime() - startNs < ARRIVAL_LIMIT_NS) {
      table.show(nodes);
      LockSupport.parkNanos(PAUSE_NS);
    }
    table.showLast(nodes);
  }
}
