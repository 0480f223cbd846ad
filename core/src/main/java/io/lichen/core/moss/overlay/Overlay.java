// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One node's part in the overlay: keeps records for others and answers their questions, publishes
 * its own topics, and searches for company where it is alone (docs/wire/moss-overlay.md).
 * Deterministic given the random source and the times. Not thread-safe.
 */
public final class Overlay {
  /** The longest record that is kept, in octets; four addresses and a NAT type have about 200. */
  public static final int MAX_RECORD_BYTES = 512;

  private static final long EXPIRE_NS = 30_000_000_000L;
  private static final int MAX_PUBLISHED_A_TICK = 64;

  private final PeerId self;
  private final OverlayKey selfKey;
  private final OverlayHost host;
  private final RoutingTable table;
  private final ProviderStore store;
  private final Searches searches;
  private final Schedule schedule = new Schedule();
  private long nextExpireNs;
  private long nextOwnNs;
  private long answered;
  private long stored;
  private long refused;
  private long published;

  /** Makes the part of a node that knows nobody yet. */
  public Overlay(
      PeerId self,
      ProviderStore.Limits limits,
      RandomGenerator random,
      OverlayHost host,
      long nowNs) {
    this.self = self;
    this.selfKey = OverlayKey.of(self);
    this.host = host;
    this.table = new RoutingTable(selfKey, RoutingTable.K);
    this.store = new ProviderStore(limits);
    this.searches = new Searches(random, host);
    this.nextExpireNs = nowNs + EXPIRE_NS;
    this.nextOwnNs = nowNs;
  }

  /** A peer has been reached at this address, or has proved that it can be. */
  public void dialable(PeerId peer, String address) {
    table.add(new RoutingTable.Contact(OverlayKey.of(peer), address));
  }

  /** A peer has joined. */
  public void joined(long nowNs) {
    schedule.joined(nowNs);
    long soonNs = nowNs + Schedule.JOINED_NS;
    nextOwnNs = nextOwnNs - soonNs > 0 ? soonNs : nextOwnNs;
  }

  /** An envelope of the overlay has come from a connected peer. */
  public void receive(PeerId from, EnvelopeType type, Envelope envelope, long nowNs) {
    boolean sensible =
        switch (type) {
          case OV_FIND_NODE -> findNode(from, envelope);
          case OV_FIND_VALUE -> findValue(from, envelope, nowNs);
          case OV_STORE -> store(from, envelope, nowNs);
          case OV_NODES, OV_VALUES ->
              searches.answered(from, envelope.requestId(), providers(envelope), nowNs);
          default -> false;
        };
    if (!sensible) {
      refused++;
    }
  }

  /**
   * Does what is due; to be called about every second.
   *
   * @param topics the wire topics that this node is on
   * @param lonely whether a topic has too few others nearby
   */
  public void tick(Set<String> topics, Predicate<String> lonely, long nowNs) {
    searches.tick(nowNs);
    if (nowNs - nextExpireNs >= 0) {
      nextExpireNs = nowNs + EXPIRE_NS;
      store.expire(nowNs);
    }
    schedule.update(topics, nowNs);
    if (host.connectedPeers().isEmpty()) {
      return;
    }
    publish(nowNs);
    for (String topic : schedule.toSearch(nowNs)) {
      if (lonely.test(topic)
          && searches.begin(
              topic, nearest(OverlayKey.ofTopic(topic), Lookup.MAX_QUESTIONS), nowNs)) {
        schedule.searched(topic, nowNs);
      }
    }
  }

  /** The counters and sizes now. */
  public OverlayStats stats() {
    return new OverlayStats(
        answered,
        stored,
        refused,
        published,
        searches.begun(),
        searches.asked(),
        searches.timeouts(),
        searches.found(),
        store.evicted(),
        table.evicted(),
        store.size(),
        table.size());
  }

  private boolean findNode(PeerId from, Envelope question) {
    if (question.overlayKey().length != OverlayKey.BYTES) {
      return false;
    }
    answered++;
    host.send(
        from,
        Envelope.of(EnvelopeType.OV_NODES)
            .requestId(question.requestId())
            .overlayContacts(contacts(OverlayKey.of(question.overlayKey())))
            .build());
    return true;
  }

  private boolean findValue(PeerId from, Envelope question, long nowNs) {
    if (question.overlayKey().length != OverlayKey.BYTES) {
      return false;
    }
    OverlayKey key = OverlayKey.of(question.overlayKey());
    List<OverlayProvider> providers =
        store.get(key, nowNs).stream()
            .map(one -> new OverlayProvider(one.provider().octets(), one.payload()))
            .toList();
    answered++;
    host.send(
        from,
        Envelope.of(EnvelopeType.OV_VALUES)
            .requestId(question.requestId())
            .overlayProviders(providers)
            .overlayContacts(contacts(key))
            .build());
    return true;
  }

  private boolean store(PeerId from, Envelope envelope, long nowNs) {
    if (envelope.overlayKey().length != OverlayKey.BYTES
        || envelope.payload().length > MAX_RECORD_BYTES) {
      return false;
    }
    stored++;
    // Whoever sends it is the provider: nobody can publish for others.
    store.put(OverlayKey.of(envelope.overlayKey()), OverlayKey.of(from), envelope.payload(), nowNs);
    return true;
  }

  private List<OverlayContact> contacts(OverlayKey target) {
    return table.closest(target, RoutingTable.K).stream()
        .map(contact -> new OverlayContact(contact.id().octets(), contact.address()))
        .toList();
  }

  /** What an answer names, as far as it can be and is not this node itself. */
  private List<ProviderStore.Provider> providers(Envelope answer) {
    List<ProviderStore.Provider> providers = new ArrayList<>();
    for (OverlayProvider one : answer.overlayProviders()) {
      byte[] id = one.peer();
      if (id != null
          && id.length == OverlayKey.BYTES
          && one.payload().length <= MAX_RECORD_BYTES
          && !selfKey.equals(OverlayKey.of(id))
          && providers.size() < ProviderStore.Limits.defaults().maxPerKey()) {
        providers.add(new ProviderStore.Provider(OverlayKey.of(id), one.payload()));
      }
    }
    return providers;
  }

  private void publish(long nowNs) {
    byte[] record = host.ownHint().encode();
    if (nowNs - nextOwnNs >= 0) {
      nextOwnNs = nowNs + Schedule.PUBLISH_NS;
      publish(selfKey, record);
    }
    for (String topic : schedule.takeToPublish(MAX_PUBLISHED_A_TICK, nowNs)) {
      publish(OverlayKey.ofTopic(topic), record);
    }
  }

  private void publish(OverlayKey key, byte[] record) {
    Envelope envelope =
        Envelope.of(EnvelopeType.OV_STORE).overlayKey(key.octets()).payload(record).build();
    for (PeerId peer : nearest(key, RoutingTable.K)) {
      published++;
      host.send(peer, envelope);
    }
  }

  /**
   * The connected peers that are most likely to hold a record: those that can be dialled before
   * others, since the natives keep records only there; among either, the nearest first.
   */
  private List<PeerId> nearest(OverlayKey key, int most) {
    record Candidate(PeerId peer, OverlayKey key, boolean hidden) {}
    return host.connectedPeers().stream()
        .filter(peer -> !peer.equals(self))
        .map(peer -> new Candidate(peer, OverlayKey.of(peer), !table.contains(OverlayKey.of(peer))))
        .sorted(
            Comparator.comparing(Candidate::hidden).thenComparing(Candidate::key, key.byDistance()))
        .limit(most)
        .map(Candidate::peer)
        .toList();
  }
}
