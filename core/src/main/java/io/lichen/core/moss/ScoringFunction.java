// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;

/**
 * Replaces the score of a peer wherever a score counts. Asked about a new peer at once and then at
 * every heartbeat, one peer at a time, off the network threads; the latest answer counts. It may
 * take its time and may call the node. As long as it has not answered, and if it throws or answers
 * NaN, the base score counts.
 */
@FunctionalInterface
public interface ScoringFunction {
  /** The score that shall count, given the engine's own. */
  double score(PeerId peer, double baseScore);
}
