// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.PublishedMessage;
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
    private final PublishedMessage message;
    private final int publisher;
    private final long atNs;
    private final long[] firstNs;
    private final byte[] times;
    private long copies;

    private Entry(PublishedMessage message, int publisher, long atNs, int nodes) {
      this.message = message;
      this.publisher = publisher;
      this.atNs = atNs;
      this.firstNs = new long[nodes];
      this.times = new byte[nodes];
      Arrays.fill(firstNs, NEVER);
    }

    private boolean isOf(PublishedMessage other) {
      return message.topic().equals(other.topic())
          && message.sequence() == other.sequence()
          && Arrays.equals(message.senderId(), other.senderId())
          && Arrays.equals(message.payload(), other.payload());
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

  /**
   * Whether this very message was published, by whomever; a receipt for it counts too. The ids of a
   * world say nothing about the content, so this stands for the check that the id is the content's.
   */
  public boolean isGenuine(GossipPacket.Data data) {
    Entry entry = byId.get(data.message().messageId());
    return entry != null && (data.isReceipt() || entry.isOf(data.message()));
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

  void published(PublishedMessage message, int publisher, long nowNs, int nodes) {
    Entry entry = new Entry(message, publisher, nowNs, nodes);
    byId.put(message.messageId(), entry);
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
        if (audience.contains(node, entry.message.topic(), entry.atNs)) {
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
