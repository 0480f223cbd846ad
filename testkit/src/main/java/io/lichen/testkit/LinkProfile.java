// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * How a simulated link treats what is sent over it, in either direction. Immutable.
 *
 * <p>A frame that the network loses means two things, by what carries it. A datagram is gone:
 * {@code retransmitNs} is 0, and the message never arrives. A stream notices and sends it again:
 * {@code retransmitNs} is what that takes, the message arrives so much later, and on an ordered
 * link everything behind it waits.
 *
 * @param minLatencyNs shortest time on the way, nanoseconds; at least 0
 * @param maxLatencyNs longest time on the way, nanoseconds; at least {@code minLatencyNs}
 * @param loss share of frames that the network loses; 0..1, below 1 if they are sent again
 * @param duplication share of messages that arrive twice; 0..1
 * @param ordered whether messages stay in order, as over TCP; else each takes its own time
 * @param maxInFlight how many messages a direction holds, those that a slow reader has not read
 *     included, before it refuses more; at least 1
 * @param retransmitNs what a lost frame costs before it is sent again, nanoseconds; 0: it is not
 */
public record LinkProfile(
    long minLatencyNs,
    long maxLatencyNs,
    double loss,
    double duplication,
    boolean ordered,
    int maxInFlight,
    long retransmitNs) {
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
    if (retransmitNs < 0 || (retransmitNs > 0 && loss == 1)) {
      throw new IllegalArgumentException(
          "retransmitNs is "
              + retransmitNs
              + " at loss "
              + loss
              + ", must be 0, or positive at <1");
    }
  }

  /**
   * A link like TCP on a network that loses nothing: everything arrives, once, in order.
   *
   * @param latencyNs nanoseconds on the way
   */
  public static LinkProfile reliable(long latencyNs) {
    return new LinkProfile(latencyNs, latencyNs, 0, 0, true, Integer.MAX_VALUE, 0);
  }

  /**
   * A link like TCP on a network that loses frames: everything arrives, once, in order, and a lost
   * frame delays itself and what is behind it.
   *
   * @param latencyNs nanoseconds on the way
   * @param loss share of frames that are sent again
   * @param retransmitNs nanoseconds until they are
   */
  public static LinkProfile stream(long latencyNs, double loss, long retransmitNs) {
    return new LinkProfile(
        latencyNs, latencyNs, loss, 0, true, Integer.MAX_VALUE, Math.max(1, retransmitNs));
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
    return new LinkProfile(
        minLatencyNs, maxLatencyNs, loss, duplication, false, Integer.MAX_VALUE, 0);
  }

  /** The same with another bound of what a direction holds, at least 1 message. */
  public LinkProfile withMaxInFlight(int value) {
    return new LinkProfile(
        minLatencyNs, maxLatencyNs, loss, duplication, ordered, value, retransmitNs);
  }

  private static void checkShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in 0..1");
    }
  }
}
