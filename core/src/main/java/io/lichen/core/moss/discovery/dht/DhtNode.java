// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.SourceLimits;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A node of the mainline DHT that looks for the peers of one info hash, announces one there, and
 * answers others (docs/wire/moss-discovery.md, "DHT"). It has no socket, clock and thread: it is
 * told what has come and what time it is, and tells its {@link DhtHost} what is to be sent. All its
 * tables are bounded. Not thread-safe.
 */
public final class DhtNode {
  private static final SourceLimits.Limit ALL = new SourceLimits.Limit(400, 200);
  private static final SourceLimits.Limit EACH = new SourceLimits.Limit(40, 10);
  private static final long EXPIRY_NS = 60_000_000_000L;

  private final NodeId self;
  private final DhtSettings settings;
  private final DhtHost host;
  private final DhtCounters counters;
  private final Questions questions;
  private final Searches searches;
  private final AnnounceRounds rounds;
  private final TableUpkeep upkeep;
  private final PeerStore store;
  private final Responder responder;
  private final SourceLimits limits;
  private long nextExpiryNs;

  /**
   * A node at a random point that knows nobody.
   *
   * @param random unpredictable for others: who guesses its numbers can answer for others
   */
  public DhtNode(
      DhtSettings settings,
      DhtHost host,
      DhtCounters counters,
      RandomGenerator random,
      long nowNs) {
    this.self = NodeId.random(random);
    this.settings = settings;
    this.host = host;
    this.counters = counters;
    RoutingTable table = new RoutingTable(self, counters);
    this.questions = new Questions(self, settings.readOnly(), table, host, counters, random);
    this.searches = new Searches(self, table, questions);
    this.rounds = new AnnounceRounds(settings, searches, questions, table, host, counters, nowNs);
    this.upkeep = new TableUpkeep(self, table, questions, searches, random, nowNs);
    this.store = new PeerStore(counters);
    this.responder = new Responder(self, table, store, random, nowNs);
    this.limits = new SourceLimits(ALL, EACH, nowNs);
    this.nextExpiryNs = nowNs + EXPIRY_NS;
  }

  /** Does what is due; to be called some times a second. */
  public void tick(long nowNs) {
    questions.tick(nowNs);
    searches.tick(nowNs);
    rounds.tick(nowNs);
    upkeep.tick(nowNs);
    if (nextExpiryNs - nowNs <= 0) {
      nextExpiryNs = nowNs + EXPIRY_NS;
      store.expire(nowNs);
    }
  }

  /** Nodes to begin with, which the host was asked for. */
  public void bootstrap(List<Endpoint> nodes, long nowNs) {
    rounds.bootstrap(nodes, nowNs);
    upkeep.bootstrap(nodes, nowNs);
  }

  /** A datagram has come; whatever is in it does no harm. */
  public void receive(Endpoint from, byte[] datagram, long nowNs) {
    try {
      switch (KrpcDecoder.decode(datagram)) {
        case Krpc.Query query -> asked(query, from, nowNs);
        case Krpc answer -> questions.receive(from, answer, nowNs);
      }
    } catch (KrpcException e) {
      counters.malformed.increment();
    }
  }

  private void asked(Krpc.Query query, Endpoint from, long nowNs) {
    if (settings.readOnly()
        || query.id().equals(self)
        || !Reach.isPossible(from)
        || !limits.take(from.host(), nowNs)) {
      counters.ignored.increment();
      return;
    }
    Krpc answer = responder.answer(query, from, nowNs);
    (answer instanceof Krpc.Failure ? counters.declined : counters.served).increment();
    host.send(from, KrpcEncoder.encode(answer));
    if (!query.readOnly()) {
      upkeep.heard(new Contact(query.id(), from), nowNs);
    }
  }
}
