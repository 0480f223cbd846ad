// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Has nodes crash one at a time at a steady rate, chosen by the seed; when and how they come back
 * is up to whoever crashes them. Not thread-safe.
 */
public final class Churn {
  private static final double MINUTE_NS = 60e9;

  /** Looking for a node that may crash ends here; then none crashes this time. */
  private static final int MAX_TRIES = 64;

  private final VirtualTime time;
  private final SplittableRandom random;
  private final int nodes;
  private final long gapNs;
  private final IntPredicate crash;
  private boolean running;
  private int crashes;

  /**
   * Plans the churn of a network; {@link #start} begins it.
   *
   * @param nodes how many nodes there are; at least 1
   * @param sharePerMinute how many of them crash in a minute, as a share of all; above 0
   * @param crash crashes the node of this number if it may, and tells whether it did
   * @throws IllegalArgumentException if one of the numbers is out of range
   */
  public Churn(VirtualTime time, long seed, int nodes, double sharePerMinute, IntPredicate crash) {
    if (nodes < 1 || !(sharePerMinute > 0)) {
      throw new IllegalArgumentException(
          nodes + " nodes, a share of " + sharePerMinute + " a minute: both must be positive");
    }
    this.time = Objects.requireNonNull(time);
    this.random = new SplittableRandom(seed);
    this.nodes = nodes;
    this.gapNs = Math.max(1, (long) (MINUTE_NS / (sharePerMinute * nodes)));
    this.crash = Objects.requireNonNull(crash);
  }

  /** Begins; the first node crashes after one gap between crashes. Once only. */
  public void start() {
    if (running) {
      throw new IllegalStateException("the churn runs already");
    }
    running = true;
    time.schedule(gapNs, this::crashOne);
  }

  /** No more nodes crash. */
  public void stop() {
    running = false;
  }

  /** How many nodes have crashed so far. */
  public int crashes() {
    return crashes;
  }

  private void crashOne() {
    if (!running) {
      return;
    }
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (crash.test(random.nextInt(nodes))) {
        crashes++;
        break;
      }
    }
    time.schedule(gapNs, this::crashOne);
  }
}
