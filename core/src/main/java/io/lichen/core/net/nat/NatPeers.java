// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What engines of this package know of other nodes. */
public interface NatPeers {
  /** Where a peer is with which there is a session without a relay; {@code null} for others. */
  @Nullable InetSocketAddress direct(long node);

  /** The peers that need no relay and live, those that are so for the shortest time first. */
  List<Long> direct();

  /** Where a node is seen from outside, as it has announced; {@code null} if it has not. */
  @Nullable InetSocketAddress announced(long node);

  /** What a node is behind, as it has announced. */
  Openness openness(long node);

  /**
   * How far a port that a node's NAT gives is from the one before, as it has announced, -64 to 64;
   * 0 if it has not.
   */
  int portStep(long node);

  /** Whether a node has announced that it makes use of what others say of their next ports. */
  boolean predictsPorts(long node);
}
