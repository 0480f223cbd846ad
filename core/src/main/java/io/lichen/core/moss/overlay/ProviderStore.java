// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What others asked this node to remember: under a key, who provides it and how to reach them.
 * Records go when they were not renewed in time. Full in one of three ways, it makes room: a key
 * drops the record that would go first, a provider its own oldest one, and the whole drops the
 * oldest one of the provider that has most. So nobody can crowd out the others alone. Not
 * thread-safe.
 */
public final class ProviderStore {
  /**
   * How much is remembered.
   *
   * @param ttlNs for how long, unless renewed
   * @param maxPerKey providers of one key
   * @param maxPerProvider keys of one provider
   * @param maxRecords records in all
   */
  public record Limits(long ttlNs, int maxPerKey, int maxPerProvider, int maxRecords) {
    /** 90 s; 64 for a key, as the natives have it; 256 for a provider; 8192 in all. */
    public static Limits defaults() {
      return new Limits(90_000_000_000L, 64, 256, 8192);
    }
  }

  /**
   * A record.
   *
   * @param provider the node that asked for it
   * @param payload what it wants to be known; must not be changed
   */
  public record Provider(OverlayKey provider, byte[] payload) {}

  private record Stored(Provider provider, long expiresNs) {}

  private final Limits limits;

  /** Both in the order in which records expire, as all live equally long. */
  private final Map<OverlayKey, LinkedHashMap<OverlayKey, Stored>> byKey = new HashMap<>();

  private final Map<OverlayKey, LinkedHashSet<OverlayKey>> byProvider = new HashMap<>();
  private int size;
  private long evicted;

  /** An empty one. */
  public ProviderStore(Limits limits) {
    this.limits = limits;
  }

  /** Remembers a provider of a key, or renews the record. */
  public void put(OverlayKey key, OverlayKey provider, byte[] payload, long nowNs) {
    remove(key, provider);
    makeRoom(key, provider, nowNs);
    Stored stored = new Stored(new Provider(provider, payload), nowNs + limits.ttlNs());
    byKey.computeIfAbsent(key, unused -> new LinkedHashMap<>()).put(provider, stored);
    byProvider.computeIfAbsent(provider, unused -> new LinkedHashSet<>()).add(key);
    size++;
  }

  /** The providers of a key, the one renewed last at the end. */
  public List<Provider> get(OverlayKey key, long nowNs) {
    LinkedHashMap<OverlayKey, Stored> stored = byKey.get(key);
    if (stored == null) {
      return List.of();
    }
    List<Provider> live = new ArrayList<>();
    for (Stored one : stored.values()) {
      if (one.expiresNs() - nowNs > 0) {
        live.add(one.provider());
      }
    }
    return live;
  }

  /** Forgets what was not renewed in time. */
  public void expire(long nowNs) {
    for (OverlayKey key : List.copyOf(byKey.keySet())) {
      expire(key, nowNs);
    }
  }

  /** Number of records, the expired ones that are still there included. */
  public int size() {
    return size;
  }

  /** Records that went before their time. */
  long evicted() {
    return evicted;
  }

  private void makeRoom(OverlayKey key, OverlayKey provider, long nowNs) {
    LinkedHashMap<OverlayKey, Stored> sameKey = byKey.get(key);
    if (sameKey != null && sameKey.size() >= limits.maxPerKey()) {
      expire(key, nowNs);
      if (sameKey.size() >= limits.maxPerKey()) {
        evict(key, sameKey.firstEntry().getKey());
      }
    }
    LinkedHashSet<OverlayKey> sameProvider = byProvider.get(provider);
    if (sameProvider != null && sameProvider.size() >= limits.maxPerProvider()) {
      evict(sameProvider.getFirst(), provider);
    }
    if (size >= limits.maxRecords()) {
      Map.Entry<OverlayKey, LinkedHashSet<OverlayKey>> greediest =
          byProvider.entrySet().stream()
              .max(Comparator.comparingInt(entry -> entry.getValue().size()))
              .orElseThrow();
      evict(greediest.getValue().getFirst(), greediest.getKey());
    }
  }

  private void expire(OverlayKey key, long nowNs) {
    LinkedHashMap<OverlayKey, Stored> stored = byKey.get(key);
    while (stored != null
        && !stored.isEmpty()
        && stored.firstEntry().getValue().expiresNs() - nowNs <= 0) {
      remove(key, stored.firstEntry().getKey());
    }
  }

  private void evict(OverlayKey key, OverlayKey provider) {
    remove(key, provider);
    evicted++;
  }

  private void remove(OverlayKey key, OverlayKey provider) {
    LinkedHashMap<OverlayKey, Stored> sameKey = byKey.get(key);
    if (sameKey == null || sameKey.remove(provider) == null) {
      return;
    }
    size--;
    if (sameKey.isEmpty()) {
      byKey.remove(key);
    }
    LinkedHashSet<OverlayKey> sameProvider = byProvider.get(provider);
    if (sameProvider != null) {
      sameProvider.remove(key);
      if (sameProvider.isEmpty()) {
        byProvider.remove(provider);
      }
    }
  }
}
