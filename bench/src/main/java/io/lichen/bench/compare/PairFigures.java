// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured of one pair, round by round. */
final class PairFigures {
  final List<Double> connectMicros = new ArrayList<>();
  double peakResidentMegabytes;

  private final Map<Integer, List<PeerPair.Burst>> bursts = new HashMap<>();

  List<PeerPair.Burst> bursts(int size) {
    return bursts.computeIfAbsent(size, any -> new ArrayList<>());
  }

  Spread spread(int size, ToDoubleFunction<PeerPair.Burst> figure) {
    return Spread.of(bursts(size).stream().mapToDouble(figure).boxed().toList());
  }

  long lost(int size) {
    return bursts(size).stream().mapToLong(burst -> burst.sent() - burst.delivered()).sum();
  }

  long sent(int size) {
    return bursts(size).stream().mapToLong(PeerPair.Burst::sent).sum();
  }

  long duplicates(int size) {
    return bursts(size).stream().mapToLong(PeerPair.Burst::duplicates).sum();
  }
}
