// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many handshakes of strangers are under way, in all and by IP address. Thread-safe. */
final class PendingLimits {
  /** What became of a request for a place. */
  enum Outcome {
    TAKEN,
    FULL,
    ADDRESS_FULL
  }

  private final int maxTotal;
  private final int maxPerAddress;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;

  PendingLimits(int maxTotal, int maxPerAddress) {
    this.maxTotal = maxTotal;
    this.maxPerAddress = maxPerAddress;
  }

  synchronized Outcome take(InetAddress address) {
    if (total >= maxTotal) {
      return Outcome.FULL;
    }
    if (byAddress.getOrDefault(address, 0) >= maxPerAddress) {
      return Outcome.ADDRESS_FULL;
    }
    total++;
    byAddress.merge(address, 1, Integer::sum);
    return Outcome.TAKEN;
  }

  synchronized void giveBack(InetAddress address) {
    total--;
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int total() {
    return total;
  }
}
