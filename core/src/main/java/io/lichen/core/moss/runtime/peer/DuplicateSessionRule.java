// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;

/**
 * Which of two sessions with one peer stays (docs/wire/moss-mesh.md, "Session registration and
 * duplicates"). Both ends apply it, so both must come to the same answer.
 */
public final class DuplicateSessionRule {
  /**
   * What the rule looks at in a session.
   *
   * @param carrier what carries it
   * @param outbound whether this side opened it
   */
  public record Candidate(Carrier carrier, boolean outbound) {}

  private final PeerId localId;
  private final boolean streamWins;

  /**
   * Makes the rule of one node.
   *
   * @param streamWins whether TCP beats UDP whoever came first: era C; era A knows only directions
   */
  public DuplicateSessionRule(PeerId localId, boolean streamWins) {
    this.localId = localId;
    this.streamWins = streamWins;
  }

  /**
   * Whether the new session replaces the existing one.
   *
   * @param existingMisses pings in a row that the existing session has left unanswered
   */
  public boolean newWins(PeerId remoteId, Candidate existing, int existingMisses, Candidate fresh) {
    boolean relayed = existing.carrier() == Carrier.RELAY;
    if (relayed || fresh.carrier() == Carrier.RELAY) {
      // Direct beats relayed, whoever came first.
      return relayed && fresh.carrier() != Carrier.RELAY;
    }
    if (streamWins && existing.carrier() != fresh.carrier()) {
      return fresh.carrier() == Carrier.TCP;
    }
    if (existingMisses > 0) {
      return true;
    }
    if (existing.outbound() == fresh.outbound()) {
      return false;
    }
    boolean localIsLower = localId.compareTo(remoteId) < 0;
    return fresh.outbound() == localIsLower;
  }
}
