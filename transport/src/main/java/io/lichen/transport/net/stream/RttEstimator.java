// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * Round-trip time of a session, shared by its streams (docs/wire/net-streams.md, "Repeating"), and
 * the wait before a repetition that follows from it, as RFC 6298 has it.
 */
final class RttEstimator {
  static final long INITIAL_TIMEOUT_NS = 100_000_000L;
  static final long MIN_TIMEOUT_NS = 30_000_000L;
  static final long MAX_TIMEOUT_NS = 2_000_000_000L;

  /** A queue on the way shows as this much above the least time seen, and a quarter of that. */
  private static final long QUEUE_NS = 2_000_000L;

  /** The least time is that of this many to twice as many samples, so that paths may change. */
  private static final int MIN_WINDOW_SAMPLES = 1024;

  private long smoothedNs;
  private long variationNs;
  private long latestNs;
  private long minNs = Long.MAX_VALUE;
  private long nextMinNs = Long.MAX_VALUE;
  private int samples;

  void sample(long rttNs) {
    latestNs = Math.max(rttNs, 1);
    if (smoothedNs == 0) {
      smoothedNs = latestNs;
      variationNs = latestNs / 2;
    } else {
      variationNs += (Math.abs(smoothedNs - latestNs) - variationNs) / 4;
      smoothedNs = Math.max(1, smoothedNs + (latestNs - smoothedNs) / 8);
    }
    minNs = Math.min(minNs, latestNs);
    nextMinNs = Math.min(nextMinNs, latestNs);
    if (++samples % MIN_WINDOW_SAMPLES == 0) {
      minNs = nextMinNs;
      nextMinNs = Long.MAX_VALUE;
    }
  }

  boolean isKnown() {
    return smoothedNs != 0;
  }

  /** 0 as long as nothing was measured. */
  long smoothedNs() {
    return smoothedNs;
  }

  /** The least time lately; 0 as long as nothing was measured. */
  long minNs() {
    return isKnown() ? minNs : 0;
  }

  /** Whether the latest packet had to queue on its way: a sign that the path is full. */
  boolean showsQueue() {
    return isKnown() && latestNs > minNs + minNs / 4 + QUEUE_NS;
  }

  /** How long to wait for an acknowledgement. */
  long timeoutNs() {
    return isKnown()
        ? Math.clamp(smoothedNs + 4 * variationNs, MIN_TIMEOUT_NS, MAX_TIMEOUT_NS)
        : INITIAL_TIMEOUT_NS;
  }
}
