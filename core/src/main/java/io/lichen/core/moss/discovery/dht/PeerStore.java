// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Peers that others have announced to this node, for half an hour. Of hashes the one announced
 * under longest ago goes, of a hash's peers the one announced longest ago; one host has a share of
 * the whole. Not thread-safe.
 */
final class PeerStore {
  /** Info hashes. */
  static final int MAX_HASHES = 256;

  /** Peers of an info hash. */
  static final int MAX_PEERS = 64;

  /** Peers announced by one host. */
  static final int MAX_OF_HOST = 64;

  /** For how long an announce counts. */
  static final long LIFETIME_NS = 1_800_000_000_000L;

  private final DhtCounters counters;

  /** Both in the order of their latest announce, with its time. */
  private final SequencedMap<NodeId, SequencedMap<Endpoint, Long>> hashes = new LinkedHashMap<>();

  private final Map<InetAddress, Integer> ofHost = new HashMap<>();

  PeerStore(DhtCounters counters) {
    this.counters = counters;
  }

  /** A peer has announced itself, or has done so again. */
  void put(NodeId infoHash, Endpoint peer, long nowNs) {
    SequencedMap<Endpoint, Long> known = hashes.get(infoHash);
    boolean isNew = known == null || !known.containsKey(peer);
    if (isNew && ofHost.getOrDefault(peer.host(), 0) >= MAX_OF_HOST) {
      counters.peersDropped.increment();
      return;
    }
    SequencedMap<Endpoint, Long> peers = known == null ? new LinkedHashMap<>() : known;
    hashes.putLast(infoHash, peers);
    peers.putLast(peer, nowNs);
    if (isNew) {
      count(peer, 1);
      makeRoom(peers);
    }
  }

  private void makeRoom(SequencedMap<Endpoint, Long> peers) {
    if (peers.size() > MAX_PEERS) {
      count(peers.pollFirstEntry().getKey(), -1);
      counters.peersDropped.increment();
    }
    if (hashes.size() > MAX_HASHES) {
      SequencedMap<Endpoint, Long> dropped = hashes.pollFirstEntry().getValue();
      dropped.keySet().forEach(peer -> count(peer, -1));
      counters.peersDropped.add(dropped.size());
    }
  }

  /** The peers of an info hash, the latest first. */
  List<Endpoint> peers(NodeId infoHash, long nowNs) {
    SequencedMap<Endpoint, Long> peers = hashes.get(infoHash);
    if (peers == null) {
      return List.of();
    }
    return peers.reversed().entrySet().stream()
        .filter(e -> nowNs - e.getValue() < LIFETIME_NS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Drops what is too old. */
  void expire(long nowNs) {
    for (Iterator<SequencedMap<Endpoint, Long>> all = hashes.values().iterator(); all.hasNext(); ) {
      SequencedMap<Endpoint, Long> peers = all.next();
      List<Endpoint> old = new ArrayList<>();
      peers.forEach(
          (peer, atNs) -> {
            if (nowNs - atNs >= LIFETIME_NS) {
              old.add(peer);
            }
          });
      old.forEach(peers::remove);
      old.forEach(peer -> count(peer, -1));
      if (peers.isEmpty()) {
        all.remove();
      }
    }
  }

  private void count(Endpoint peer, int change) {
    counters.storedPeers.addAndGet(change);
    ofHost.merge(peer.host(), change, (a, b) -> a + b == 0 ? null : a + b);
  }
}
