// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Something that rides on the sessions of a node under an id of its own: what calls, transfers and
 * replication are built upon. Given to {@link NetNode#register(Subprotocol)}.
 *
 * <p>Messages go unreliably and in no order, each at most once, and must fit into one event of 8104
 * bytes. What needs more uses streams beside it.
 */
public interface Subprotocol {
  /**
   * Its id in packets: 1 to 65535, and none of those that the node answers itself
   * (docs/wire/net-peers.md, "Subprotocols").
   */
  int id();

  /** Tags that the node adds to its capability announcement as long as this is registered. */
  default Set<String> tags() {
    return Set.of();
  }

  /**
   * Called for each message, one at a time and in the order in which they came in, off the network
   * threads. What it throws is counted and logged. 1024 messages wait at most; then the oldest
   * goes, counted as {@code subprotocol.dropped}.
   *
   * @param peerNodeId who sent it
   * @param message read-only, the receiver's own
   */
  void onMessage(long peerNodeId, ByteBuffer message);
}
