// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * How much one sender may send through a relay, in octets of payload.
 *
 * @param capacityBytes at once, 1 or more
 * @param perSecondBytes in the long run, 1 or more
 */
public record RelayRate(long capacityBytes, long perSecondBytes) {
  private static final long LEAST_CAPACITY = 1024;
  private static final long KILO = 1024;

  /**
   * The rate that upstream's settings mean; 0 or less for one that is not set.
   *
   * @param maxKilobytes the bandwidth limit of a relay
   * @param burstBytes at most so much at once
   * @param sustainedBytes at most so much a second; never more than a quarter of the capacity
   */
  public static RelayRate of(long maxKilobytes, long burstBytes, long sustainedBytes) {
    long capacity = maxKilobytes <= 0 ? burstBytes : saturated(maxKilobytes);
    if (burstBytes > 0) {
      capacity = Math.min(capacity, burstBytes);
    }
    if (capacity <= 0) {
      capacity = LEAST_CAPACITY;
    }
    long quarter = Math.max(1, capacity / 4);
    return new RelayRate(
        capacity, sustainedBytes > 0 ? Math.min(quarter, sustainedBytes) : quarter);
  }

  private static long saturated(long kilobytes) {
    return kilobytes > Long.MAX_VALUE / KILO ? Long.MAX_VALUE : kilobytes * KILO;
  }
}
