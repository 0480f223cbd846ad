// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;

/** Takes the envelopes of one type of NAT control; on the node's loop. */
@FunctionalInterface
public interface ControlHandler {
  /**
   * A connected peer has sent one. Nothing in it has been checked but that it is an envelope.
   *
   * @param nowNs the loop's time
   */
  void on(PeerLink from, Envelope envelope, long nowNs);
}
