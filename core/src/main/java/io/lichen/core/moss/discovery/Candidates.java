// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.nat.profile.AddressRank;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/**
 * Addresses that somebody named and that may lead to a peer: which of them is dialled when, without
 * clock and socket (docs/wire/moss-discovery.md, "Candidates"). Each source has its own share of
 * the table, so that one that lies without end cannot push out what others said. Not thread-safe.
 */
public final class Candidates {
  /** Addresses remembered of each source. */
  public static final int MAX_PER_SOURCE = 256;

  /** Own addresses remembered. */
  static final int MAX_OWN = 64;

  private static final long LIFETIME_NS = 600_000_000_000L;

  /**
   * An address that is to be dialled.
   *
   * @param endpoint where
   * @param overUdp over UDP instead of TCP
   * @param source who named it
   */
  public record Attempt(Endpoint endpoint, boolean overUdp, DiscoverySource source) {}

  private static final class Entry {
    final Endpoint endpoint;
    final DiscoverySource source;
    long namedNs;
    long nextNs;
    int failures;
    boolean overUdp;
    boolean dialing;
    boolean reached;

    Entry(Endpoint endpoint, DiscoverySource source, long nowNs) {
      this.endpoint = endpoint;
      this.source = source;
      this.namedNs = nowNs;
      this.nextNs = nowNs;
    }
  }

  private final IntToLongFunction waitNs;
  private final DiscoveryCounters counters;
  private final Map<Endpoint, Entry> entries = new LinkedHashMap<>();
  private final Set<Endpoint> own = new HashSet<>();

  /**
   * Makes an empty table.
   *
   * @param waitNs the wait after a failure, by the number of failures before it
   */
  public Candidates(IntToLongFunction waitNs, DiscoveryCounters counters) {
    this.waitNs = waitNs;
    this.counters = counters;
  }

  /** A source has named addresses. */
  public void offer(DiscoverySource source, Collection<Endpoint> endpoints, long nowNs) {
    for (Endpoint endpoint : endpoints) {
      Entry known = entries.get(endpoint);
      if (known != null) {
        known.namedNs = nowNs;
      } else if (!endpoint.isDialable() || own.contains(endpoint)) {
        counters.refused(source).increment();
      } else {
        makeRoom(source);
        counters.found(source).increment();
        entries.put(endpoint, new Entry(endpoint, source, nowNs));
      }
    }
  }

  /** The one of this source that was named longest ago goes, if its share is used up. */
  private void makeRoom(DiscoverySource source) {
    List<Entry> ofSource = entries.values().stream().filter(e -> e.source == source).toList();
    if (ofSource.size() >= MAX_PER_SOURCE) {
      Entry oldest =
          ofSource.stream().min((a, b) -> Long.signum(a.namedNs - b.namedNs)).orElseThrow();
      counters.refused(source).increment();
      entries.remove(oldest.endpoint);
    }
  }

  /**
   * Takes out what is to be dialled now, those first that have waited longest; each has to be
   * reported afterwards.
   *
   * @param maxDialing how many may be under way together
   * @param settled tells of addresses that need no dial: connected, or somebody else's concern
   */
  public List<Attempt> takeDue(int maxDialing, Predicate<Endpoint> settled, long nowNs) {
    entries.values().removeIf(e -> !e.dialing && nowNs - e.namedNs > LIFETIME_NS);
    long dialing = entries.values().stream().filter(e -> e.dialing).count();
    List<Entry> due =
        entries.values().stream()
            .filter(e -> !e.dialing && nowNs - e.nextNs >= 0 && !settled.test(e.endpoint))
            .sorted(Comparator.comparingLong(e -> e.nextNs - nowNs))
            .limit(Math.max(0, maxDialing - dialing))
            .toList();
    due.forEach(e -> e.dialing = true);
    return due.stream().map(e -> new Attempt(e.endpoint, e.overUdp, e.source)).toList();
  }

  /** A dial has led to a peer: whoever keeps sessions up looks after the address from now on. */
  public void reached(Attempt attempt, long nowNs) {
    Entry entry = entries.get(attempt.endpoint());
    if (entry == null) {
      return;
    }
    if (!entry.reached) {
      counters.connected(attempt.source()).increment();
    }
    entry.reached = true;
    entry.dialing = false;
    entry.failures = 0;
    entry.nextNs = nowNs + waitNs.applyAsLong(0);
  }

  /**
   * A dial has failed. A public address is tried over UDP at once when TCP did not get through, as
   * there a NAT may let it in.
   */
  public void failed(Attempt attempt, long nowNs) {
    Entry entry = entries.get(attempt.endpoint());
    if (entry == null) {
      return;
    }
    entry.dialing = false;
    entry.overUdp = !entry.overUdp && entry.endpoint.rank() == AddressRank.PUBLIC;
    if (!entry.overUdp) {
      entry.nextNs = nowNs + waitNs.applyAsLong(entry.failures);
      entry.failures++;
    }
  }

  /** A dial has led to this very node: the address is not dialled again. */
  public void isOwn(Attempt attempt) {
    entries.remove(attempt.endpoint());
    counters.refused(attempt.source()).increment();
    if (own.size() < MAX_OWN) {
      own.add(attempt.endpoint());
    }
  }

  /** Number of addresses remembered. */
  public int size() {
    return entries.size();
  }
}
