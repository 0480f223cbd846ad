// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * How a simulated link treats what is sent over it, in either direction. Immutable.
 *
 * @param minLatencyNs shortest time on the way, nanoseconds; at least 0
 * @param maxLatencyNs longest time on the way, nanoseconds; at least {@code minLatencyNs}
 * @param loss share of messages that vanish; 0..1
 * @param duplication share of messages that arrive twice; 0..1
 * @param ordered whether messages stay in order, as over TCP; else each takes its own time
 * @param maxInFlight how many messages a direction holds before it refuses more; at least 1
 */
public record LinkProfile(
    long minLatencyNs,
    long maxLatencyNs,
    double loss,
    double duplication,
    boolean ordered,
    int maxInFlight) {
  /** Checks the ranges. */
  public LinkProfile {
    if (minLatencyNs < 0 || maxLatencyNs < minLatencyNs) {
      throw new IllegalArgumentException(
          "latency is " + minLatencyNs + ".." + maxLatencyNs + " ns, must be 0 <= min <= max");
    }
    checkShare("loss", loss);
    checkShare("duplication", duplication);
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight + ", must be at least 1");
    }
  }

  /**
   * A link like TCP: everything arrives, once, in order.
   *
   * @param latencyNs nanoseconds on the way
   */
  public static LinkProfile reliable(long latencyNs) {
    return new LinkProfile(latencyNs, latencyNs, 0, 0, true, Integer.MAX_VALUE);
  }

  /**
   * A link like UDP on a bad day.
   *
   * @param minLatencyNs shortest time on the way, nanoseconds
   * @param maxLatencyNs longest time on the way, nanoseconds
   * @param loss share of messages that vanish
   * @param duplication share of messages that arrive twice
   */
  public static LinkProfile lossy(
      long minLatencyNs, long maxLatencyNs, double loss, double duplication) {
    return new LinkProfile(minLatencyNs, maxLatencyNs, loss, duplication, false, Integer.MAX_VALUE);
  }

  private static void checkShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in 0..1");
    }
  }
}
