// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.PresentedChain;
import io.lichen.crypto.token.TokenPolicy;
import org.jspecify.annotations.Nullable;

/** What a publisher does about a request to subscribe. */
sealed interface Decision {
  /** A request that needs no proof is granted. */
  Decision ACCEPT = new Accept(null);

  /**
   * Grants the request.
   *
   * @param right what the peer proved its right by, or null if it needed none
   */
  record Accept(@Nullable PresentedChain right) implements Decision {}

  /** Refuses it. */
  record Refuse(AckReason reason) implements Decision {}

  /**
   * Everything is right except that the signatures of a chain were not looked at yet.
   *
   * @param claim what the peer presents
   * @param policy what to judge it by
   */
  record Verify(PresentedChain claim, TokenPolicy policy) implements Decision {}
}
