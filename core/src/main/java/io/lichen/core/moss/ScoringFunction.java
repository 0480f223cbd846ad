// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;

/**
 * Replaces the score of a peer wherever a score counts. Called often, on the node's loop: it must
 * be quick and must not call the node. If it throws or answers NaN, the base score counts.
 */
@FunctionalInterface
public interface ScoringFunction {
  /** The score that shall count, given the engine's own. */
  double score(PeerId peer, double baseScore);
}
