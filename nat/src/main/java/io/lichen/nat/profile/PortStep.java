// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a NAT that makes a mapping for each destination chooses the next port. */
public final class PortStep {
  /** Others take mappings, too: a step that is one is small. */
  private static final int MAX_STEP = 64;

  private PortStep() {}

  /**
   * The step from one mapping to the next: the difference that more than half of the successive
   * pairs have, if there are two pairs at least.
   *
   * @param mapped how one socket was seen, in the order in which it sent, all in one round
   * @return 0 if there is none
   */
  public static int of(List<InetSocketAddress> mapped) {
    Map<Integer, Integer> counts = new HashMap<>();
    int pairs = mapped.size() - 1;
    for (int i = 0; i < pairs; i++) {
      int step = mapped.get(i + 1).getPort() - mapped.get(i).getPort();
      counts.merge(step, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .filter(each -> pairs >= 2 && 2 * each.getValue() > pairs)
        .map(Map.Entry::getKey)
        .filter(step -> Math.abs(step) <= MAX_STEP)
        .findFirst()
        .orElse(0);
  }
}
