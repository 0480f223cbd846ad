// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

/** Pauses requests that lead to nothing, longer each time. */
final class CatchUpPause {
  private static final int FREE_STRIKES = 3;
  private static final int MOST_DOUBLINGS = 5;
  private static final long FIRST_NS = 1_000_000_000L;
  private static final long LONGEST_NS = 30_000_000_000L;

  private int strikes;
  private long untilNs;

  /** Whether to ask. */
  boolean allows(long nowNs) {
    return strikes <= FREE_STRIKES || nowNs - untilNs >= 0;
  }

  /** Something came of it. */
  void progress() {
    strikes = 0;
  }

  /** Nothing came of it. */
  void strike(long nowNs) {
    strikes++;
    if (strikes > FREE_STRIKES) {
      int doublings = Math.min(strikes - FREE_STRIKES - 1, MOST_DOUBLINGS);
      untilNs = nowNs + Math.min(FIRST_NS << doublings, LONGEST_NS);
    }
  }
}
