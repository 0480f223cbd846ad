// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import java.time.Duration;

/** Two nodes that have met on the relay, and talk while they move to a direct path. */
final class Migration {
  private final MeshPeer left;
  private final MeshPeer right;
  private final NumberedTalk talk;
  private final Duration limit;

  private Migration(MeshPeer left, MeshPeer right, Duration limit) {
    this.left = left;
    this.right = right;
    this.talk = NumberedTalk.begin(left, right, limit);
    this.limit = limit;
  }

  /** Has two nodes that no direct path connects meet; each step has this long. */
  static Migration fromRelay(MeshPeer left, MeshPeer right, Duration limit) {
    left.connectTo(right.id());
    Meeting.awaitBoth(Reach.RELAYED, left, right, limit);
    return new Migration(left, right, limit);
  }

  /** Now that there is a path: both take it, and say so, and hear everything once. */
  void awaitDirect() {
    Waits.until(
        "both are direct",
        limit,
        () -> {
          talk.exchange();
          return Meeting.areBoth(Reach.DIRECT, left, right);
        });
    left.awaitEvent("RELAY_MIGRATED", right.id(), limit);
    right.awaitEvent("RELAY_MIGRATED", left.id(), limit);
    talk.exchange();
    talk.assertHeardOnce(limit);
  }
}
