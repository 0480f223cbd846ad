// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;

/**
 * News of a peer that does not take what it is sent (see {@link MossNode#onSlowPeer}).
 *
 * @param peer which one
 * @param address its socket address, {@code host:port}
 * @param stage what is the matter with it
 * @param queuedBytes what waits to be sent to it
 * @param behindMs for how long it has been behind, milliseconds
 */
public record SlowPeer(PeerId peer, String address, Stage stage, long queuedBytes, long behindMs) {
  /** How it goes with a slow peer: first SLOW, then one of the others, or PEER_LEFT. */
  public enum Stage {
    /**
     * 1 MiB or more has waited for it without a pause for a quarter of {@code
     * lichen.publish_wait_ms}.
     */
    SLOW,
    /** It has caught up. */
    RECOVERED,
    /**
     * It has been behind for {@code lichen.publish_wait_ms}, and 1 s at least where no publish had
     * to wait for it: its session was closed. It is not dialled again for 10 s.
     */
    SHED
  }
}
