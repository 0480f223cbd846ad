// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

/**
 * Times and bounds of routing.
 *
 * @param tickNs between two of a node's own pingwaves
 * @param maxAgeNs how long a route holds that is not confirmed
 * @param maxOrigins nodes known from pingwaves
 * @param maxDestinations nodes with routes
 * @param minFanOut to how many peers a pingwave is passed on at least, if there are so many
 * @param wavesPerSecond of one peer, lasting
 * @param waveBurst of one peer, at once
 */
public record RouteSettings(
    long tickNs,
    long maxAgeNs,
    int maxOrigins,
    int maxDestinations,
    int minFanOut,
    int wavesPerSecond,
    int waveBurst) {
  private static final long SECOND_NS = 1_000_000_000L;

  /** 5 s; 90 s; 4096 of each; 8; 400 and 2000, which a mesh of 2000 nodes stays below. */
  public static RouteSettings defaults() {
    return new RouteSettings(5 * SECOND_NS, 90 * SECOND_NS, 4096, 4096, 8, 400, 2000);
  }

  /**
   * The defaults with other times.
   *
   * @param sessionTimeoutNs a third of how long a route holds
   */
  public static RouteSettings of(long tickNs, long sessionTimeoutNs) {
    RouteSettings usual = defaults();
    return new RouteSettings(
        tickNs,
        3 * sessionTimeoutNs,
        usual.maxOrigins,
        usual.maxDestinations,
        usual.minFanOut,
        usual.wavesPerSecond,
        usual.waveBurst);
  }
}
