// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that have answered this one, in 160 buckets by the number of leading bits that they have in
 * common with it: many near it, some of every other region. A full bucket takes nobody; who fails
 * to answer twice in a row goes. A host other than the loopback has one node in the table. Not
 * thread-safe.
 */
final class RoutingTable {
  /** Nodes in a bucket. */
  static final int K = 8;

  /** For how long a node counts as good after it was heard of. */
  static final long GOOD_NS = 900_000_000_000L;

  private static final int MAX_FAILURES = 2;

  private static final class Entry {
    final Contact contact;
    long heardNs;
    int failures;

    Entry(Contact contact, long nowNs) {
      this.contact = contact;
      this.heardNs = nowNs;
    }

    boolean isGood(long nowNs) {
      return failures == 0 && nowNs - heardNs < GOOD_NS;
    }
  }

  private static final class Bucket {
    final List<Entry> entries = new ArrayList<>(K);
    long changedNs;
  }

  private final NodeId self;
  private final DhtCounters counters;
  private final List<@Nullable Bucket> buckets = new ArrayList<>(NodeId.BITS);
  private final Map<InetAddress, Endpoint> hosts = new HashMap<>();

  RoutingTable(NodeId self, DhtCounters counters) {
    this.self = self;
    this.counters = counters;
    for (int i = 0; i < NodeId.BITS; i++) {
      buckets.add(null);
    }
  }

  /** A node has answered: it is taken in if there is room for it. */
  void answered(Contact contact, long nowNs) {
    Entry known = find(contact);
    if (known != null) {
      known.failures = 0;
      known.heardNs = nowNs;
      bucketOf(contact.id()).changedNs = nowNs;
    } else if (hasRoomFor(contact)) {
      Bucket bucket = bucketOf(contact.id());
      bucket.entries.add(new Entry(contact, nowNs));
      bucket.changedNs = nowNs;
      if (!contact.endpoint().host().isLoopbackAddress()) {
        hosts.put(contact.endpoint().host(), contact.endpoint());
      }
      counters.nodes.incrementAndGet();
    } else {
      counters.nodesRefused.increment();
    }
  }

  /**
   * A node has asked something.
   *
   * @return whether it is in the table
   */
  boolean heard(Contact contact, long nowNs) {
    Entry known = find(contact);
    if (known != null) {
      known.heardNs = nowNs;
    }
    return known != null;
  }

  /** A node did not answer, or is no longer the one it was. */
  void failed(Contact contact) {
    Entry known = find(contact);
    if (known != null && ++known.failures >= MAX_FAILURES) {
      bucketOf(contact.id()).entries.remove(known);
      hosts.remove(contact.endpoint().host());
      counters.nodes.decrementAndGet();
      counters.nodesDropped.increment();
    }
  }

  /** Whether a node that is not in the table could be taken in. */
  boolean hasRoomFor(Contact contact) {
    return !contact.id().equals(self)
        && !hosts.containsKey(contact.endpoint().host())
        && bucketOf(contact.id()).entries.size() < K;
  }

  /** The nodes nearest to a point, the nearest first. */
  List<Contact> closest(NodeId target, int most) {
    return closest(target, most, entry -> true);
  }

  /** The good nodes nearest to a point, the nearest first. */
  List<Contact> closestGood(NodeId target, int most, long nowNs) {
    return closest(target, most, entry -> entry.isGood(nowNs));
  }

  private List<Contact> closest(NodeId target, int most, Predicate<Entry> wanted) {
    return all().stream()
        .filter(wanted)
        .map(entry -> entry.contact)
        .sorted(Comparator.comparing(Contact::id, target.byDistance()))
        .limit(most)
        .toList();
  }

  /** Some of those of which it is not known whether they are still there. */
  List<Contact> questionable(int most, long nowNs) {
    return all().stream()
        .filter(entry -> !entry.isGood(nowNs))
        .map(entry -> entry.contact)
        .limit(most)
        .toList();
  }

  /** A bucket, by its number of common bits, from which nobody was heard of for long. */
  OptionalInt staleBucket(long nowNs) {
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      if (bucket != null && nowNs - bucket.changedNs >= GOOD_NS) {
        bucket.changedNs = nowNs;
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Number of nodes. */
  int size() {
    return counters.nodes.get();
  }

  private List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    for (Bucket bucket : buckets) {
      if (bucket != null) {
        all.addAll(bucket.entries);
      }
    }
    return all;
  }

  private @Nullable Entry find(Contact contact) {
    int index = self.commonBits(contact.id());
    Bucket bucket = index == NodeId.BITS ? null : buckets.get(index);
    if (bucket != null) {
      for (Entry entry : bucket.entries) {
        if (entry.contact.equals(contact)) {
          return entry;
        }
      }
    }
    return null;
  }

  private Bucket bucketOf(NodeId id) {
    int index = self.commonBits(id);
    Bucket bucket = buckets.get(index);
    if (bucket == null) {
      bucket = new Bucket();
      buckets.set(index, bucket);
    }
    return bucket;
  }
}
