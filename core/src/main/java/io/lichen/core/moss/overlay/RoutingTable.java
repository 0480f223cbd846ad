// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that can be dialled, in buckets by their distance from this one: many near it, some of
 * every other region. A bucket that is full drops the contact that was not heard of for longest.
 * Not thread-safe.
 */
public final class RoutingTable {
  /** Contacts in a bucket. */
  public static final int K = 20;

  /**
   * A node that can be dialled.
   *
   * @param id where it lies
   * @param address {@code host:port}
   */
  public record Contact(OverlayKey id, String address) {}

  private final OverlayKey self;
  private final int k;
  private final List<@Nullable LinkedHashMap<OverlayKey, Contact>> buckets;
  private long evicted;

  /** An empty table of the node at this point, with so many contacts to a bucket. */
  public RoutingTable(OverlayKey self, int k) {
    this.self = self;
    this.k = k;
    this.buckets = new ArrayList<>(OverlayKey.BITS);
    for (int i = 0; i < OverlayKey.BITS; i++) {
      buckets.add(null);
    }
  }

  /** Adds a contact, or says that it was heard of again; the table's own node is left out. */
  public void add(Contact contact) {
    int index = self.bucket(contact.id());
    if (index < 0) {
      return;
    }
    LinkedHashMap<OverlayKey, Contact> bucket = buckets.get(index);
    if (bucket == null) {
      bucket = new LinkedHashMap<>();
      buckets.set(index, bucket);
    }
    bucket.remove(contact.id());
    bucket.put(contact.id(), contact);
    if (bucket.size() > k) {
      bucket.pollFirstEntry();
      evicted++;
    }
  }

  /** Whether a node is in the table. */
  public boolean contains(OverlayKey id) {
    int index = self.bucket(id);
    Map<OverlayKey, Contact> bucket = index < 0 ? null : buckets.get(index);
    return bucket != null && bucket.containsKey(id);
  }

  /** At most so many contacts, the nearest to the target first. */
  public List<Contact> closest(OverlayKey target, int most) {
    List<Contact> all = new ArrayList<>();
    for (Map<OverlayKey, Contact> bucket : buckets) {
      if (bucket != null) {
        all.addAll(bucket.values());
      }
    }
    all.sort(Comparator.comparing(Contact::id, target.byDistance()));
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /** Number of contacts. */
  public int size() {
    int size = 0;
    for (Map<OverlayKey, Contact> bucket : buckets) {
      size += bucket == null ? 0 : bucket.size();
    }
    return size;
  }

  /** Contacts dropped from full buckets. */
  long evicted() {
    return evicted;
  }
}
