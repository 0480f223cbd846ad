// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

/**
 * How long servers are waited for.
 *
 * @param sends how often a question is sent, at least once
 * @param intervalNs how long an answer to one of them is waited for, in nanoseconds
 */
public record DiscoverySettings(int sends, long intervalNs) {
  private static final int SENDS = 4;
  private static final long INTERVAL_NS = 250_000_000L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is not positive
   */
  public DiscoverySettings {
    if (sends < 1 || intervalNs < 1) {
      throw new IllegalArgumentException(sends + " sends each " + intervalNs + " ns");
    }
  }

  /** Four times, each quarter of a second: what no answer comes to is settled after one second. */
  public static DiscoverySettings defaults() {
    return new DiscoverySettings(SENDS, INTERVAL_NS);
  }
}
