// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

/**
 * How much of the time that is left each step of a direct attempt gets, in nanoseconds
 * (docs/wire/moss-nat.md, "Direct path"). Where nothing is left, no step gets any.
 */
public final class Budgets {
  private static final long MS = 1_000_000L;
  private static final long MAX_REFRESH_NS = 1000 * MS;
  private static final long MIN_STEP_NS = 250 * MS;
  private static final long MAX_SHORT_NS = 750 * MS;
  private static final long MAX_LAST_SHORT_NS = 1000 * MS;

  private Budgets() {}

  /** To find out the own address. */
  public static long refreshNs(long leftNs) {
    long third = Math.min(leftNs / 3, MAX_REFRESH_NS);
    return Math.max(0, third < MIN_STEP_NS ? leftNs : third);
  }

  /**
   * For the dial to the address that is known.
   *
   * @param shortProbe whether little is to be hoped for; see {@link ShortProbe}
   */
  public static long firstDialNs(long leftNs, boolean shortProbe) {
    if (!shortProbe) {
      return Math.max(0, leftNs);
    }
    long quarter = Math.min(leftNs / 4, MAX_SHORT_NS);
    return Math.max(0, quarter < MIN_STEP_NS ? Math.min(leftNs, MIN_STEP_NS) : quarter);
  }

  /** For the dial after everything else. */
  public static long lastDialNs(long leftNs, boolean shortProbe) {
    return Math.max(0, shortProbe ? Math.min(leftNs, MAX_LAST_SHORT_NS) : leftNs);
  }
}
