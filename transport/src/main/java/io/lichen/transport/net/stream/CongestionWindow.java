// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * How many packets of a reliable stream may be under way (docs/wire/net-streams.md, "Congestion").
 *
 * <p>Loss alone says little on a radio link: the window is halved only if round-trip times show a
 * queue as well, and gives way by a fifth otherwise. It never falls below the {@link #FLOOR_BYTES}
 * that any sender may begin with.
 */
final class CongestionWindow {
  static final int INITIAL_PACKETS = 32;
  static final int MIN_PACKETS = 2;

  /** Ten full IP packets, TCP's initial window. */
  static final int FLOOR_BYTES = 16 * 1024;

  private static final int MAX_FLOOR_PACKETS = 16;
  private static final double FACTOR_QUEUE = 0.5;
  private static final double FACTOR_LOSS = 0.8;

  private final int maxPackets;
  private double packets = INITIAL_PACKETS;
  private double threshold;
  private int meanCostBytes;

  CongestionWindow(int maxPackets) {
    this.maxPackets = maxPackets;
    threshold = maxPackets;
  }

  void onSent(int costBytes) {
    meanCostBytes =
        meanCostBytes == 0 ? costBytes : meanCostBytes + (costBytes - meanCostBytes) / 8;
  }

  /** One packet was acknowledged. */
  void onAcked() {
    packets = Math.min(maxPackets, packets + (packets < threshold ? 1 : 1 / packets));
  }

  /** Packets were lost; called once for all that were under way together. */
  void onLoss(boolean queueing) {
    packets = Math.max(floorPackets(), packets * (queueing ? FACTOR_QUEUE : FACTOR_LOSS));
    threshold = packets;
  }

  /** Nothing was acknowledged for a whole timeout. */
  void onTimeout() {
    threshold = Math.max(floorPackets(), packets * FACTOR_QUEUE);
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
