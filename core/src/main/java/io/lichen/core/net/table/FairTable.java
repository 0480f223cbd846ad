// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.table;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded table of what several contributors tell, named by numbers. Full, it makes room where
 * most came from: the contributor with most entries loses the one that it renewed longest ago. So
 * whoever tells much crowds out itself before others. Not thread-safe.
 *
 * @param <K> what entries are found by
 * @param <V> what they hold
 */
public final class FairTable<K, V> {
  private record Entry<V>(V value, long contributor) {}

  private final int maxEntries;
  private final Map<K, Entry<V>> entries = new HashMap<>();

  /** The keys of each contributor, the one renewed longest ago first. */
  private final Map<Long, LinkedHashSet<K>> byContributor = new HashMap<>();

  private long evicted;

  /** An empty one for at least one entry. */
  public FairTable(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("a table has at least 1 entry, not " + maxEntries);
    }
    this.maxEntries = maxEntries;
  }

  /** What the key holds; {@code null} if it is not there. */
  public @Nullable V get(K key) {
    Entry<V> entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** Whether the key is there. */
  public boolean contains(K key) {
    return entries.containsKey(key);
  }

  /** Adds, replaces or renews an entry, which counts as this contributor's from now on. */
  public void put(K key, long contributor, V value) {
    if (remove(key) == null && entries.size() >= maxEntries) {
      makeRoom();
    }
    entries.put(key, new Entry<>(value, contributor));
    byContributor.computeIfAbsent(contributor, unused -> new LinkedHashSet<>()).add(key);
  }

  /**
   * Removes an entry.
   *
   * @return what it held; {@code null} if it was not there
   */
  public @Nullable V remove(K key) {
    Entry<V> entry = entries.remove(key);
    if (entry == null) {
      return null;
    }
    LinkedHashSet<K> keys = byContributor.get(entry.contributor());
    if (keys != null && keys.remove(key) && keys.isEmpty()) {
      byContributor.remove(entry.contributor());
    }
    return entry.value();
  }

  /** Removes what the condition holds for; that is no eviction. */
  public void removeIf(BiPredicate<K, V> condition) {
    entries.entrySet().stream()
        .filter(entry -> condition.test(entry.getKey(), entry.getValue().value()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::remove);
  }

  /** Shows every entry, in no order. The table must not be changed meanwhile. */
  public void forEach(BiConsumer<K, V> action) {
    entries.forEach((key, entry) -> action.accept(key, entry.value()));
  }

  /** Number of entries. */
  public int size() {
    return entries.size();
  }

  /** Entries that had to make room since the table was made. */
  public long evicted() {
    return evicted;
  }

  private void makeRoom() {
    LinkedHashSet<K> most =
        byContributor.values().stream()
            .max(Comparator.comparingInt(LinkedHashSet::size))
            .orElseThrow();
    remove(most.getFirst());
    evicted++;
  }
}
