// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.rate.Places;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many handshakes of strangers are under way, in all and by place. Thread-safe. */
final class PendingLimits {
  /** What became of a request for a place. */
  enum Outcome {
    TAKEN,
    FULL,
    ADDRESS_FULL
  }

  private final int maxTotal;
  private final int maxPerAddress;
  private final Map<InetAddress, Integer> byPlace = new HashMap<>();
  private int total;

  PendingLimits(int maxTotal, int maxPerAddress) {
    this.maxTotal = maxTotal;
    this.maxPerAddress = maxPerAddress;
  }

  synchronized Outcome take(InetAddress address) {
    if (total >= maxTotal) {
      return Outcome.FULL;
    }
    InetAddress place = Places.of(address);
    if (byPlace.getOrDefault(place, 0) >= maxPerAddress) {
      return Outcome.ADDRESS_FULL;
    }
    total++;
    byPlace.merge(place, 1, Integer::sum);
    return Outcome.TAKEN;
  }

  synchronized void giveBack(InetAddress address) {
    total--;
    byPlace.computeIfPresent(Places.of(address), (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int total() {
    return total;
  }
}
