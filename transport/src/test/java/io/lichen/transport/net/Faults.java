// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/**
 * What a link does to packets, in each direction.
 *
 * @param loss part of the packets that is lost
 * @param burst mean number of packets lost in a row; 1 or less: each by itself
 * @param duplication part of the others that arrives twice
 * @param oneWayNs time on the way, in nanoseconds
 * @param jitterNs added at random up to this, so that packets overtake one another
 */
public record Faults(double loss, double burst, double duplication, long oneWayNs, long jitterNs) {
  /** A millisecond in nanoseconds. */
  public static final long MS = 1_000_000L;

  /** A link that only takes its time. */
  public static Faults none(long oneWayMs) {
    return new Faults(0, 1, 0, oneWayMs * MS, 0);
  }

  /** Loses so many percent, doubles 2 % and reorders. */
  public static Faults losing(int percent, int burst) {
    return new Faults(percent / 100.0, burst, 0.02, 10 * MS, 4 * MS);
  }
}
