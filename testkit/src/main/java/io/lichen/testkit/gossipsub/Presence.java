// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When one node was up and on which topic. */
final class Presence {
  private static final long STILL = Long.MAX_VALUE;

  private static final class Span {
    private final long fromNs;
    private long toNs = STILL;

    private Span(long fromNs) {
      this.fromNs = fromNs;
    }
  }

  private final Map<String, List<Span>> spans = new HashMap<>();
  private final Set<String> wanted = new LinkedHashSet<>();

  void joined(String topic, long nowNs) {
    if (wanted.add(topic)) {
      spans.computeIfAbsent(topic, name -> new ArrayList<>()).add(new Span(nowNs));
    }
  }

  void left(String topic, long nowNs) {
    if (wanted.remove(topic)) {
      end(topic, nowNs);
    }
  }

  /** It crashed; the topics to join when it is back. */
  Set<String> crashed(long nowNs) {
    Set<String> topics = new LinkedHashSet<>(wanted);
    topics.forEach(topic -> end(topic, nowNs));
    wanted.clear();
    return topics;
  }

  /** Whether it was on the topic all the time from one moment to another. */
  boolean covers(String topic, long fromNs, long toNs) {
    for (Span span : spans.getOrDefault(topic, List.of())) {
      if (span.fromNs <= fromNs && toNs < span.toNs) {
        return true;
      }
    }
    return false;
  }

  private void end(String topic, long nowNs) {
    spans.getOrDefault(topic, List.of()).getLast().toNs = nowNs;
  }
}
