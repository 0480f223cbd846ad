// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.ScoringFunction;
import io.lichen.crypto.PeerId;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scores that a program gave to peers; those of the others are the node's own. Thread-safe, but
 * {@link #give} is for one thread.
 */
public final class GivenScores implements ScoringFunction {
  /** Peers with a given score; more are refused. */
  static final int MAX_PEERS = 4096;

  private final Map<PeerId, Double> scores = new ConcurrentHashMap<>();

  /**
   * Gives a peer a score, or takes it back.
   *
   * @throws MossException if {@value #MAX_PEERS} others have one
   */
  public void give(PeerId peer, OptionalDouble score) {
    if (score.isEmpty()) {
      scores.remove(peer);
    } else if (scores.size() < MAX_PEERS || scores.containsKey(peer)) {
      scores.put(peer, score.getAsDouble());
    } else {
      throw new MossException(
          MossError.CONFIG_INVALID, MAX_PEERS + " peers have a given score; that is all");
    }
  }

  @Override
  public double score(PeerId peer, double baseScore) {
    return scores.getOrDefault(peer, baseScore);
  }
}
