// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * How many packets of a reliable stream may be under way (docs/wire/net-streams.md, "Congestion").
 *
 * <p>Loss alone says little on a radio link. After a loss the window falls to what the path has
 * been seen to carry, and a quarter more unless round-trip times show a queue; without one it also
 * grows faster. It never falls below the {@link #FLOOR_BYTES} that any sender may begin with.
 */
final class CongestionWindow {
  static final int INITIAL_PACKETS = 32;
  static final int MIN_PACKETS = 2;

  /** Ten full IP packets, TCP's initial window. */
  static final int FLOOR_BYTES = 16 * 1024;

  private static final int MAX_FLOOR_PACKETS = 16;
  private static final double HEADROOM = 1.25;
  private static final double GROWTH = 0.25;
  private static final double TIMEOUT_FACTOR = 0.5;

  private final RttEstimator rtt;
  private final DeliveryRate rate = new DeliveryRate();
  private final int maxPackets;
  private double packets = INITIAL_PACKETS;
  private double threshold;
  private int meanCostBytes;

  CongestionWindow(int maxPackets, RttEstimator rtt) {
    this.maxPackets = maxPackets;
    this.rtt = rtt;
    threshold = maxPackets;
  }

  void onSent(int costBytes) {
    meanCostBytes =
        meanCostBytes == 0 ? costBytes : meanCostBytes + (costBytes - meanCostBytes) / 8;
  }

  /** So many packets were acknowledged. */
  void onAcked(int count, long nowNs) {
    rate.onArrived(count, rtt.smoothedNs(), nowNs);
    double growth = packets < threshold ? 1 : rtt.showsQueue() ? 1 / packets : GROWTH;
    packets = Math.min(maxPackets, packets + count * growth);
  }

  /** Packets were lost; called once for all that were under way together. */
  void onLoss() {
    double carried = rate.packetsIn(rtt.minNs());
    double most = rtt.showsQueue() ? carried : carried * HEADROOM + 1;
    packets = Math.max(floorPackets(), Math.min(packets, most));
    threshold = packets;
  }

  /** Nothing was acknowledged for a whole timeout. */
  void onTimeout() {
    threshold = Math.max(floorPackets(), packets * TIMEOUT_FACTOR);
    packets = floorPackets();
  }

  int packets() {
    return (int) packets;
  }

  private int floorPackets() {
    return meanCostBytes == 0
        ? MIN_PACKETS
        : Math.clamp(FLOOR_BYTES / meanCostBytes, MIN_PACKETS, MAX_FLOOR_PACKETS);
  }
}
