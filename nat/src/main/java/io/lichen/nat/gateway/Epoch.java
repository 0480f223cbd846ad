// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

/**
 * Tells by a gateway's clock whether it has forgotten what it held (RFC 6887, section 8.5; for
 * NAT-PMP RFC 6886, section 3.6, asks for the same). Not thread-safe.
 */
final class Epoch {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long TOLERANCE_SECONDS = 2;
  private static final long DRIFT_DIVISOR = 16;

  private long lastSeconds = -1;
  private long lastNs;

  /** Whether the clock was set anew between the answer before and this one. */
  boolean isAnew(long seconds, long nowNs) {
    boolean first = lastSeconds < 0;
    long there = seconds - lastSeconds;
    long here = (nowNs - lastNs) / SECOND_NS;
    lastSeconds = seconds;
    lastNs = nowNs;
    return !first && (there < -1 || isMuchLess(here, there) || isMuchLess(there, here));
  }

  private static boolean isMuchLess(long one, long other) {
    return one + TOLERANCE_SECONDS < other - other / DRIFT_DIVISOR;
  }
}
