// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids that we asked for by IWANT and that have not come: nobody else is asked while a promise
 * is open; afterwards the same peer, or another that offered the id, is asked again a few times. Of
 * a peer whose gossip is ignored nothing is asked, but what it offers is noted: ids that nobody
 * brings are broken promises all the same. Single-threaded.
 */
final class IWantBook {
  private static final long MIN_PATIENCE_NS = 1_000_000_000L;

  private static final class Promise {
    private final String topic;
    private PeerState peer;
    private @Nullable PeerState alternative;
    private long dueNs;
    private int attempts = 1;

    /** Whether we asked for it; if not, its peer's gossip is ignored. */
    private boolean asked = true;

    private Promise(String topic, PeerState peer, long dueNs) {
      this.topic = topic;
      this.peer = peer;
      this.dueNs = dueNs;
    }
  }

  private final EngineState engine;
  private final long patienceNs;
  private final int maxPerPeer;
  private final Map<String, Promise> promises = new LinkedHashMap<>();

  IWantBook(EngineState engine) {
    this.engine = engine;
    this.patienceNs = Math.max(MIN_PATIENCE_NS, 2 * engine.heartbeatNs());
    // So that one peer that promises much cannot push out what others promised.
    this.maxPerPeer = Math.max(1, engine.caches.maxPromises() / 4);
  }

  /** Notes an offered id that is missing; true if it is to be asked for now. */
  boolean offered(String id, String topic, PeerState peer, long nowNs) {
    Promise open = promises.get(id);
    if (open != null && open.asked) {
      if (open.peer != peer) {
        open.alternative = peer;
      }
      return false;
    }
    if (peer.openPromises >= maxPerPeer) {
      engine.counters.promisesRefused++;
      return false;
    }
    if (open != null) {
      promises.remove(id);
      open.peer.openPromises--;
    }
    if (promises.size() >= engine.caches.maxPromises()) {
      evictOldest();
    }
    promises.put(id, new Promise(topic, peer, nowNs + patienceNs));
    peer.openPromises++;
    return true;
  }

  /** Notes an offered id that is missing and is not asked for, while there is room. */
  void noted(String id, String topic, PeerState peer, long nowNs) {
    if (peer.openPromises < maxPerPeer
        && promises.size() < engine.caches.maxPromises()
        && !promises.containsKey(id)) {
      Promise unasked = new Promise(topic, peer, nowNs + patienceNs);
      unasked.asked = false;
      promises.put(id, unasked);
      peer.openPromises++;
    }
  }

  /** The message came, from whomever; true if it had been asked for. */
  boolean arrived(String id, PeerState from) {
    if (promises.isEmpty()) {
      return false;
    }
    Promise kept = promises.remove(id);
    if (kept == null) {
      return false;
    }
    kept.peer.openPromises--;
    if (kept.peer == from) {
      from.promisesKept++;
    }
    return kept.asked;
  }

  /** This peer owes us the message no longer. */
  void release(String id, PeerState peer) {
    Promise open = promises.get(id);
    if (open != null && open.peer == peer) {
      promises.remove(id);
      peer.openPromises--;
    }
  }

  int size() {
    return promises.size();
  }

  /** Asks again for what is overdue, and gives up what was asked for often enough. */
  void heartbeat(long nowNs) {
    Map<PeerState, Map<String, List<String>>> again = new LinkedHashMap<>();
    Iterator<Map.Entry<String, Promise>> each = promises.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Promise> entry = each.next();
      Promise promise = entry.getValue();
      if (nowNs < promise.dueNs) {
        continue;
      }
      promise.peer.promisesBroken++;
      promise.peer.openPromises--;
      if (!renew(promise, nowNs)) {
        engine.counters.promisesBroken++;
        each.remove();
        continue;
      }
      promise.peer.openPromises++;
      again
          .computeIfAbsent(promise.peer, peer -> new LinkedHashMap<>())
          .computeIfAbsent(promise.topic, topic -> new ArrayList<>())
          .add(entry.getKey());
    }
    again.forEach((peer, topics) -> topics.forEach((topic, ids) -> ask(peer, topic, ids)));
  }

  /** Sends IWANTs of a bounded length. */
  void ask(PeerState peer, String topic, List<String> ids) {
    int limit = engine.gossip.maxIdsPerMessage();
    for (int start = 0; start < ids.size(); start += limit) {
      int end = Math.min(ids.size(), start + limit);
      engine.outbox.iWant(peer, topic, List.copyOf(ids.subList(start, end)));
    }
  }

  private void evictOldest() {
    Iterator<Promise> oldest = promises.values().iterator();
    oldest.next().peer.openPromises--;
    oldest.remove();
    engine.counters.promisesEvicted++;
  }

  private boolean renew(Promise promise, long nowNs) {
    TopicState topic = engine.topics.get(promise.topic);
    if (!promise.asked
        || promise.attempts >= engine.gossip.maxIWantAttempts()
        || topic == null
        || !topic.subscribed) {
      return false;
    }
    PeerState other = promise.alternative;
    if (other != null && usable(other)) {
      promise.alternative = promise.peer;
      promise.peer = other;
    } else if (!usable(promise.peer)) {
      return false;
    }
    promise.attempts++;
    promise.dueNs = nowNs + patienceNs;
    return true;
  }

  private static boolean usable(PeerState peer) {
    return peer.connected && peer.mayGossip();
  }
}
