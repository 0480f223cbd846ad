// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.crypto.PeerId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The peers that the node met or heard of: where they are, what they signed, and the Noise static
 * keys with which a dial takes one round trip. The node's loop only.
 *
 * <p>Bounded. Whoever tells of many strangers takes the room of its own earlier tales only; when
 * all is full, strangers go before acquaintances, and among them the one not touched for longest.
 */
public final class KnownPeers {
  /** Peers remembered. */
  public static final int MAX_PEERS = 1024;

  /** Peers remembered of those that one peer told of and that were never met. */
  public static final int MAX_FROM_ONE = 128;

  /** Whoever was dialled before is redialled at its old address first. */
  private static final long REDIAL_FIRST_NS = 5_000_000_000L;

  /** A session that lived for less than this counts as a failed dial. */
  private static final long SHORT_LIVED_NS = 2_000_000_000L;

  private final Map<PeerId, KnownPeer> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final NodeCounters counters;

  public KnownPeers(NodeCounters counters) {
    this.counters = counters;
  }

  /**
   * A handshake has shown who a peer is, and there is a session with it.
   *
   * @param address where it can be dialled; {@code null} if it came by itself over TCP, whose
   *     source port says nothing
   */
  public void met(PeerId peer, byte[] noiseStatic, @Nullable String address) {
    KnownPeer entry = entries.get(peer);
    if (entry == null) {
      makeRoom(null);
      entry = new KnownPeer(peer, null);
      entries.put(peer, entry);
    }
    entry.met(noiseStatic, address);
  }

  /** The session with a peer has ended. */
  public void left(PeerId peer) {
    KnownPeer entry = entries.get(peer);
    if (entry != null) {
      entry.left();
    }
  }

  /**
   * The session with a peer has ended and no other took its place.
   *
   * @param relayed whether it went through a relay; nobody but who looks for peers redials it then
   * @param livedNs for how long it had been registered
   * @param holdOffNs at least how long to leave the peer alone
   */
  public void lost(PeerId peer, boolean relayed, long livedNs, long holdOffNs, long nowNs) {
    KnownPeer entry = entries.get(peer);
    if (entry == null) {
      return;
    }
    entry.lost(relayed);
    long firstNs = Math.max(holdOffNs, REDIAL_FIRST_NS);
    if (livedNs < SHORT_LIVED_NS) {
      entry.backoff().failed(firstNs, nowNs);
    } else {
      entry.backoff().lasted(nowNs + (relayed ? holdOffNs : firstNs));
    }
  }

  /** What is remembered of a peer; {@code null} if nothing. */
  public @Nullable KnownPeer get(@Nullable PeerId peer) {
    return peer == null ? null : entries.get(peer);
  }

  /** The entry of a peer that another tells of; made if there is none. */
  public KnownPeer heardOf(PeerId peer, PeerId introducer) {
    KnownPeer entry = entries.get(peer);
    if (entry == null) {
      makeRoom(introducer);
      entry = new KnownPeer(peer, introducer);
      entries.put(peer, entry);
    }
    return entry;
  }

  /** The Noise static key of a peer, if known. */
  public byte @Nullable [] noiseStatic(@Nullable PeerId peer) {
    KnownPeer entry = get(peer);
    return entry == null ? null : entry.noiseStatic();
  }

  /** The Noise static key of whoever was last known at this address, if known. */
  byte @Nullable [] noiseStaticAt(String address) {
    for (KnownPeer entry : entries.values()) {
      if (address.equals(entry.address()) && entry.noiseStatic() != null) {
        return entry.noiseStatic();
      }
    }
    return null;
  }

  /** All entries; must not be kept. */
  public Collection<KnownPeer> all() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** Those of whom others can be told, connected ones first, at most so many. */
  public List<KnownPeer> tellable(int limit, PeerId except) {
    return entries.values().stream()
        .filter(entry -> entry.encoded() != null && !entry.id().equals(except))
        .sorted(Comparator.comparing(entry -> !entry.isConnected()))
        .limit(limit)
        .toList();
  }

  /** Number of peers that have shown that they relay, and can be reached. */
  public int relayCapable() {
    return (int) entries.values().stream().filter(KnownPeer::isRelay).count();
  }

  /** Number of peers remembered. */
  public int size() {
    return entries.size();
  }

  /** A line for each, sorted, as mesh info has them. */
  public Set<String> lines(Predicate<PeerId> connected) {
    Set<String> lines = new TreeSet<>();
    entries.forEach(
        (peer, entry) -> {
          String address = entry.address();
          lines.add(
              peer.hex().substring(0, 8)
                  + "@"
                  + (address == null ? "" : address)
                  + (connected.test(peer) ? "[direct]" : "[known]"));
        });
    return lines;
  }

  private void makeRoom(@Nullable PeerId introducer) {
    if (introducer != null) {
      Predicate<KnownPeer> itsTales = entry -> introducer.equals(entry.introducer());
      if (entries.values().stream().filter(itsTales).count() >= MAX_FROM_ONE) {
        removeOldest(itsTales);
      }
    }
    if (entries.size() >= MAX_PEERS
        && !removeOldest(entry -> !entry.isMet())
        && !removeOldest(entry -> !entry.isConnected())) {
      removeOldest(entry -> true);
    }
  }

  private boolean removeOldest(Predicate<KnownPeer> which) {
    for (Iterator<KnownPeer> all = entries.values().iterator(); all.hasNext(); ) {
      if (which.test(all.next())) {
        all.remove();
        counters.knownPeersEvicted.increment();
        return true;
      }
    }
    return false;
  }
}
