// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A topic that we are on, or that a connected peer says to be on. */
final class TopicState {
  final String name;
  boolean subscribed;

  /** Who judges its messages, or null; only while subscribed. */
  @Nullable TopicValidator validator;

  /** Links to all connected peers while subscribed, else to the claimants. */
  final List<TopicLink> links = new ArrayList<>();

  /** The peers that say to be on the topic. */
  final List<TopicLink> claimants = new ArrayList<>();

  /** Those claimants that we forward to; empty while not subscribed. */
  final List<TopicLink> mesh = new ArrayList<>();

  /** Cache positions of this topic's messages, filled anew at each heartbeat. */
  long[] recent = new long[16];

  int recentCount;

  /** Messages of others accepted so far. */
  long accepted;

  /** Messages offered at once since the last heartbeat. */
  int offersAtOnce;

  /** Where among the claimants the next offers at once begin. */
  int nextOffer;

  TopicState(String name) {
    this.name = name;
  }

  int outboundInMesh() {
    int count = 0;
    for (int index = 0; index < mesh.size(); index++) {
      if (mesh.get(index).peer.outbound) {
        count++;
      }
    }
    return count;
  }
}
