// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

/**
 * What came of ways through NATs since the node was made. Immutable.
 *
 * @param punchesAttempted punches for which a coordinator has introduced both ends
 * @param punchesSucceeded of those, the ones that led to a session without a relay
 * @param relayFallbacks direct connects that ended in a session over a relay
 * @param punchTimeouts punches for which coordinator or other end were waited for in vain
 * @param punchRejections requests that a coordinator rejected
 * @param rendezvousNoRelay direct connects that found nobody to introduce the two ends
 * @param upgradesAttempted searches of relayed sessions for a path without the relay
 * @param upgradesSucceeded those that found one
 */
public record TraversalStats(
    long punchesAttempted,
    long punchesSucceeded,
    long relayFallbacks,
    long punchTimeouts,
    long punchRejections,
    long rendezvousNoRelay,
    long upgradesAttempted,
    long upgradesSucceeded) {
  /** Punches that have not led to a session without a relay, those under way among them. */
  public long punchesFailed() {
    return Math.max(0, punchesAttempted - punchesSucceeded);
  }
}
