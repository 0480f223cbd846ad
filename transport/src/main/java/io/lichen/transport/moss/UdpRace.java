// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * Dials over UDP to one peer that may be at any of several addresses, from the node's own socket
 * and at once. The first session with the peer ends all of them, also one that the peer opens. Both
 * sides may race for each other: at most one session comes of each side's dials. Thread-safe.
 */
public interface UdpRace {
  /** Addresses dialled in one race; further ones are ignored. */
  int MAX_ADDRESSES = 128;

  /**
   * Dials one more address, in the order of the calls. One that is dialled already is greeted once
   * more, unless it was within a quarter of a second. Ignored if the race is over, or if the socket
   * cannot reach the address.
   */
  void add(InetSocketAddress address);

  /**
   * The session, not started, on the socket's event loop; fails with {@link TransportException}
   * when the time is up, or when another race for the same peer has got it.
   */
  CompletableFuture<MossSession> session();

  /** Ends all dials. */
  void cancel();
}
