// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import java.net.InetSocketAddress;

/** What a {@link ReachabilityAsker} wants done; called while it is. */
public interface AskerOutput<P> {
  /** Asks a peer to connect to this node's address. */
  void ask(P peer, String requestId, InetSocketAddress address);

  /**
   * Asking is over.
   *
   * @param asked how many were asked
   */
  void decided(Reach reach, int asked, long nowNs);
}
