// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.util.List;

/**
 * What the receivers counted, against what was published.
 *
 * @param published messages
 * @param expected deliveries: each message once at each other node
 * @param received deliveries, repeated ones included
 * @param distinct deliveries without repeated ones
 */
record Tally(int published, int expected, int received, int distinct) {
  static Tally of(List<DemoNode> nodes) {
    int published = nodes.stream().mapToInt(DemoNode::sent).sum();
    return new Tally(
        published,
        published * (nodes.size() - 1),
        nodes.stream().mapToInt(DemoNode::received).sum(),
        nodes.stream().mapToInt(DemoNode::distinct).sum());
  }

  int missing() {
    return expected - distinct;
  }

  int repeated() {
    return received - distinct;
  }

  /** Nothing is missing. */
  boolean isComplete() {
    return missing() == 0;
  }

  /** Everything arrived, once. */
  boolean isExact() {
    return published > 0 && missing() == 0 && repeated() == 0;
  }
}
