// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a node of the DHT counts; docs/metrics.md has the names. Thread-safe. */
public final class DhtCounters {
  /** Questions sent. */
  public final LongAdder asked = new LongAdder();

  /** Questions that were answered. */
  public final LongAdder answered = new LongAdder();

  /** Questions that were answered by a refusal, or by another node than was asked. */
  public final LongAdder refused = new LongAdder();

  /** Questions that nobody answered in time. */
  public final LongAdder timeouts = new LongAdder();

  /** Answers to no question of ours. */
  public final LongAdder strayAnswers = new LongAdder();

  /** Others' questions that this node answered. */
  public final LongAdder served = new LongAdder();

  /** Others' questions that this node refused: a bad token, an unknown method. */
  public final LongAdder declined = new LongAdder();

  /** Others' questions above a limit, or to a node that only reads. */
  public final LongAdder ignored = new LongAdder();

  /** Datagrams that are no messages. */
  public final LongAdder malformed = new LongAdder();

  /** Searches for peers that ended. */
  public final LongAdder searches = new LongAdder();

  /** Nodes that took an announce of this node. */
  public final LongAdder announced = new LongAdder();

  /** Nodes dropped from the routing table because they no longer answer. */
  public final LongAdder nodesDropped = new LongAdder();

  /** Nodes not taken into the routing table: its bucket is full, or their host has one there. */
  public final LongAdder nodesRefused = new LongAdder();

  /** Peers of others dropped for newer ones, or not taken. */
  public final LongAdder peersDropped = new LongAdder();

  /** Nodes in the routing table. */
  public final AtomicInteger nodes = new AtomicInteger();

  /** Peers kept for others. */
  public final AtomicInteger storedPeers = new AtomicInteger();
}
