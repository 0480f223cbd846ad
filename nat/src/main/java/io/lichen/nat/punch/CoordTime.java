// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

/**
 * When both ends fire. The wire names a time of day in Unix milliseconds, of the clock of whoever
 * asked for the punch; nobody's clock need be right (docs/wire/moss-nat.md, "When to fire").
 */
public final class CoordTime {
  /** How far ahead whoever asks sets the time. */
  public static final long LEAD_MS = 750;

  /** How far ahead it is taken to be where the time that was named makes no sense. */
  public static final long FALLBACK_MS = 600;

  /** Further ahead than this no time that makes sense is. */
  public static final long MAX_LEAD_MS = 2000;

  private static final long NS_PER_MS = 1_000_000L;

  private CoordTime() {}

  /**
   * The time that is passed on: the one that was named, unless it is none or too far ahead. What
   * has passed stays as it is.
   *
   * @param coordAtMs what the message says; 0 for nothing
   */
  public static long normalized(long coordAtMs, long nowMs) {
    boolean sensible = coordAtMs != 0 && coordAtMs - nowMs <= MAX_LEAD_MS;
    return sensible ? coordAtMs : nowMs + FALLBACK_MS;
  }

  /**
   * How long whoever was asked waits. A lead that the asker cannot have given, with the message's
   * way taken off, shows that the clocks differ: then the moment at which the message came counts.
   *
   * @param coordAtMs what the message says; 0 for nothing
   * @param roundTripNs to whoever sent the message on, half of which its way took; 0 if unknown
   * @return nanoseconds, 0 to {@link #LEAD_MS}
   */
  public static long delayNs(long coordAtMs, long nowMs, long roundTripNs) {
    long leadMs = coordAtMs - nowMs;
    if (coordAtMs != 0 && leadMs > 0 && leadMs <= LEAD_MS) {
      return leadMs * NS_PER_MS;
    }
    return Math.max(0, FALLBACK_MS * NS_PER_MS - Math.max(0, roundTripNs) / 2);
  }
}
