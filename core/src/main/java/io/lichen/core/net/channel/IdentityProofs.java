// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import java.util.function.LongConsumer;

/**
 * Proves this node's identity to publishers; {@code proof.IdentityProver} does it. Called on the
 * node's loop.
 */
public interface IdentityProofs {
  /**
   * Makes sure that a proof was tried in the session with this publisher.
   *
   * @param again whether to try even if one was made before
   * @param then called once, with the time, when the publisher judged or did not answer; at once if
   *     there is nothing to do
   */
  void prove(long publisher, boolean again, long nowNs, LongConsumer then);
}
