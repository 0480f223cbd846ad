// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was published in a world, and when each node delivered it: 9 bytes for every message and
 * node. Not thread-safe.
 */
public final class Journal {
  /** Not delivered. */
  private static final long NEVER = Long.MIN_VALUE;

  private static final class Entry {
    private final String topic;
    private final int publisher;
    private final long atNs;
    private final long[] firstNs;
    private final byte[] times;
    private long copies;

    private Entry(String topic, int publisher, long atNs, int nodes) {
      this.topic = topic;
      this.publisher = publisher;
      this.atNs = atNs;
      this.firstNs = new long[nodes];
      this.times = new byte[nodes];
      Arrays.fill(firstNs, NEVER);
    }
  }

  /** Who was to get a message: it was there, on the topic, for long enough before and after. */
  @FunctionalInterface
  interface Audience {
    boolean contains(int node, String topic, long publishedNs);
  }

  private final Map<String, Entry> byId = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  Journal() {}

  /** How many messages were published. */
  public int published() {
    return entries.size();
  }

  /** Whether a message with this id was published, by whomever. */
  public boolean isGenuine(String messageId) {
    return byId.containsKey(messageId);
  }

  /** Notes that a node gave a message to its application. */
  public void delivered(int node, String messageId, long nowNs) {
    Entry entry = byId.get(messageId);
    if (entry != null) {
      entry.times[node] = (byte) Math.min(Byte.MAX_VALUE, entry.times[node] + 1);
      if (entry.firstNs[node] == NEVER) {
        entry.firstNs[node] = nowNs;
      }
    }
  }

  /** Notes that a copy of a message, the first or a later one, came to a node. */
  public void copy(String messageId) {
    Entry entry = byId.get(messageId);
    if (entry != null) {
      entry.copies++;
    }
  }

  /** How many different messages a node has delivered. */
  public int deliveredTo(int node) {
    int count = 0;
    for (Entry entry : entries) {
      count += node < entry.times.length && entry.times[node] > 0 ? 1 : 0;
    }
    return count;
  }

  void published(String messageId, String topic, int publisher, long nowNs, int nodes) {
    Entry entry = new Entry(topic, publisher, nowNs, nodes);
    byId.put(messageId, entry);
    entries.add(entry);
  }

  /** Sums up for the messages from number {@code first} on. */
  DeliveryReport report(int first, Audience audience) {
    ReportBuilder report = new ReportBuilder();
    for (Entry entry : entries.subList(first, entries.size())) {
      report.copies += entry.copies;
      for (int node = 0; node < entry.times.length; node++) {
        report.deliveries += entry.times[node];
        if (node == entry.publisher) {
          report.repeated += entry.times[node];
          continue;
        }
        report.repeated += Math.max(0, entry.times[node] - 1);
        if (audience.contains(node, entry.topic, entry.atNs)) {
          boolean got = entry.times[node] > 0;
          report.expect(got ? entry.firstNs[node] - entry.atNs : NEVER);
        }
      }
    }
    return report.build();
  }

  private static final class ReportBuilder {
    private long[] latenciesNs = new long[1024];
    private int delivered;
    private long expected;
    private long repeated;
    private long deliveries;
    private long copies;

    private void expect(long latencyNs) {
      expected++;
      if (latencyNs != NEVER) {
        if (delivered == latenciesNs.length) {
          latenciesNs = Arrays.copyOf(latenciesNs, 2 * delivered);
        }
        latenciesNs[delivered++] = latencyNs;
      }
    }

    private DeliveryReport build() {
      Arrays.sort(latenciesNs, 0, delivered);
      return new DeliveryReport(
          expected,
          delivered,
          repeated,
          deliveries == 0 ? 0 : (double) copies / deliveries,
          percentile(0.5),
          percentile(0.99),
          percentile(1));
    }

    private long percentile(double share) {
      return delivered == 0 ? 0 : latenciesNs[(int) Math.ceil(share * delivered) - 1];
    }
  }
}
