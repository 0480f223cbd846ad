// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * How many packets a path has carried in a round trip lately: the best of the last {@link #ROUNDS}
 * rounds.
 */
final class DeliveryRate {
  private static final int ROUNDS = 8;
  private static final long MIN_ROUND_NS = 1_000_000L;

  /** A round that takes so many round trips was a pause. */
  private static final int PAUSE_ROUND_TRIPS = 4;

  private final double[] perNs = new double[ROUNDS];
  private int round;
  private long roundStartNs;
  private int arrived;

  /** So many packets are known to have arrived. */
  void onArrived(int packets, long roundTripNs, long nowNs) {
    arrived += packets;
    long roundNs = Math.max(roundTripNs, MIN_ROUND_NS);
    long tookNs = nowNs - roundStartNs;
    if (tookNs < roundNs) {
      return;
    }
    if (tookNs < PAUSE_ROUND_TRIPS * roundNs) {
      perNs[round++ % ROUNDS] = (double) arrived / tookNs;
    }
    roundStartNs = nowNs;
    arrived = 0;
  }

  /** Packets that the path carries in this time; 0 as long as nothing was measured. */
  double packetsIn(long timeNs) {
    double best = 0;
    for (double rate : perNs) {
      best = Math.max(best, rate);
    }
    return best * timeNs;
  }
}
