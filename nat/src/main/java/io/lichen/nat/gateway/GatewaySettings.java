// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

/**
 * How a gateway is asked.
 *
 * @param lifetimeSeconds how long ports are asked for
 * @param firstWaitNs how long an answer is waited for at first, in nanoseconds; then twice as long,
 *     and so on
 * @param sends how often a request is sent, at least once
 * @param refreshNs after how long everything is asked for again at the latest, in nanoseconds: a
 *     gateway that was restarted, or has another address, is noticed then
 */
public record GatewaySettings(long lifetimeSeconds, long firstWaitNs, int sends, long refreshNs) {
  private static final long LIFETIME_SECONDS = 1800;
  private static final long FIRST_WAIT_NS = 250_000_000L;
  private static final int SENDS = 4;
  private static final long REFRESH_NS = 60_000_000_000L;
  private static final long MAX_LIFETIME_SECONDS = 0xFFFF_FFFFL;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public GatewaySettings {
    require(lifetimeSeconds > 0 && lifetimeSeconds <= MAX_LIFETIME_SECONDS, "lifetimeSeconds");
    require(firstWaitNs > 0, "firstWaitNs");
    require(sends > 0 && sends < Integer.SIZE, "sends");
    require(refreshNs > 0, "refreshNs");
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }

  /** Half an hour; four requests in 3.75 s; again every minute. */
  public static GatewaySettings defaults() {
    return new GatewaySettings(LIFETIME_SECONDS, FIRST_WAIT_NS, SENDS, REFRESH_NS);
  }

  /** The same with another lifetime. */
  public GatewaySettings withLifetimeSeconds(long seconds) {
    return new GatewaySettings(seconds, firstWaitNs, sends, refreshNs);
  }

  /** The same, asking for everything again after another time. */
  public GatewaySettings withRefreshNs(long ns) {
    return new GatewaySettings(lifetimeSeconds, firstWaitNs, sends, ns);
  }
}
