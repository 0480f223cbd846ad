// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNode;
import java.util.SplittableRandom;

/**
 * A node of a {@link GossipWorld}: it can be told what an application tells its node, and tells the
 * world's {@link Journal} what it delivers. Implement it for a protocol of your own that is to live
 * among engines.
 */
public interface GossipPeer extends SimNode<GossipPacket> {
  /** Joins a topic; no effect on one that is joined. */
  void subscribe(String topic);

  /** Leaves a topic; no effect on one that is not joined. */
  void unsubscribe(String topic);

  /**
   * Publishes an own message.
   *
   * @return the number of peers that it was sent to
   */
  int publish(PublishedMessage message);

  /** Makes the node of this number, when it is added to a world and each time it restarts. */
  @FunctionalInterface
  interface Factory {
    /**
     * Makes a node. What it does of its own accord it schedules in {@link #onStart}, by {@link
     * io.lichen.testkit.SimNetwork#scheduleEvery}, so that it ends when the node crashes.
     *
     * @param self the number it has in the network
     * @param random its own source, which nobody else draws from
     */
    GossipPeer make(GossipWorld world, int self, SplittableRandom random);
  }
}
