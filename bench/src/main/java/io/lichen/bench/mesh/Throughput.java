// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.bench.compare.Burst;
import io.lichen.bench.compare.PeerPair;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One publisher and one subscriber in processes of their own, as {@code ./bench/compare} has. */
final class Throughput {
  private static final int SIZE_BYTES = 64;
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 2;
  private static final long DURATION_MS = 2_000;
  private static final double ASKED_PER_SECOND = 80_000;

  private Throughput() {}

  /** Delivered messages, and what a message costs both heaps; the round with the median rate. */
  static void measure(Figures figures) throws IOException {
    try (PeerPair pair = PeerPair.lichen()) {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        pair.burst(SIZE_BYTES, DURATION_MS);
      }
      List<Burst> bursts =
          IntStream.range(0, ROUNDS).mapToObj(r -> pair.burst(SIZE_BYTES, DURATION_MS)).toList();
      Burst median =
          bursts.stream()
              .sorted(Comparator.comparingDouble(Burst::perSecond))
              .toList()
              .get(ROUNDS / 2);
      figures.title("one publisher to one subscriber, two processes, sealed 64 B");
      figures.atLeast("delivered", median.perSecond(), ASKED_PER_SECOND, "msg/s");
      figures.told("allocated by the publisher", median.senderBytesEach(), "B/msg");
      figures.told("allocated by the subscriber", median.receiverBytesEach(), "B/msg");
      long lost = bursts.stream().mapToLong(burst -> burst.sent() - burst.delivered()).sum();
      figures.atMost("lost", (double) lost, 0, "");
    }
  }
}
