// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import io.lichen.core.moss.discovery.dht.Lookup.Candidate;
import java.util.List;

/**
 * Looks for the peers of one info hash and announces one there, again and again: at every interval,
 * sooner while nobody answers at all. Not thread-safe.
 */
final class AnnounceRounds {
  private static final long FIRST_RETRY_NS = 5_000_000_000L;

  /** For how long the name service may take to find nodes to begin with. */
  private static final long BOOTSTRAP_NS = 5_000_000_000L;

  private static final int MAX_DOUBLINGS = 10;

  private final DhtSettings settings;
  private final Searches searches;
  private final Questions questions;
  private final RoutingTable table;
  private final DhtHost host;
  private final DhtCounters counters;
  private boolean underWay;
  private boolean waiting;
  private long nextNs;
  private int failures;

  AnnounceRounds(
      DhtSettings settings,
      Searches searches,
      Questions questions,
      RoutingTable table,
      DhtHost host,
      DhtCounters counters,
      long nowNs) {
    this.settings = settings;
    this.searches = searches;
    this.questions = questions;
    this.table = table;
    this.host = host;
    this.counters = counters;
    this.nextNs = nowNs;
  }

  /** Begins a round if it is time. */
  void tick(long nowNs) {
    if (underWay || nextNs - nowNs > 0) {
      return;
    }
    if (table.size() >= RoutingTable.K || waiting) {
      begin(List.of(), nowNs);
    } else {
      waiting = true;
      nextNs = nowNs + BOOTSTRAP_NS;
      host.needsBootstrap();
    }
  }

  /** Nodes to begin with have become known, or it is known that there are none. */
  void bootstrap(List<Endpoint> nodes, long nowNs) {
    if (!underWay) {
      begin(nodes, nowNs);
    }
  }

  private void begin(List<Endpoint> others, long nowNs) {
    underWay = true;
    waiting = false;
    Searches.Listener listener =
        new Searches.Listener() {
          @Override
          public void found(List<Endpoint> peers) {
            host.found(peers);
          }

          @Override
          public void done(Lookup lookup, long doneNs) {
            ended(lookup, doneNs);
          }
        };
    searches.begin(
        settings.infoHash(), others, new Ask.GetPeers(settings.infoHash()), listener, nowNs);
  }

  private void ended(Lookup lookup, long nowNs) {
    underWay = false;
    counters.searches.increment();
    if (lookup.nearestAnswered().isEmpty()) {
      scheduleRetry(nowNs);
      return;
    }
    failures = 0;
    nextNs = nowNs + settings.intervalNs();
    lookup.nearestTakers().forEach(taker -> announce(taker, nowNs));
  }

  private void scheduleRetry(long nowNs) {
    nextNs = nowNs + Math.min(settings.intervalNs(), FIRST_RETRY_NS << failures);
    failures = Math.min(MAX_DOUBLINGS, failures + 1);
  }

  private void announce(Candidate taker, long nowNs) {
    byte[] token = taker.token();
    if (token == null) {
      return;
    }
    questions.ask(
        taker.endpoint(),
        taker.id(),
        new Ask.AnnouncePeer(settings.infoHash(), settings.port(), false, token),
        new Questions.Outcome() {
          @Override
          public void answered(Krpc.Response response, long answeredNs) {
            counters.announced.increment();
          }

          @Override
          public void failed(long failedNs) {
            // The next round asks anew.
          }
        },
        nowNs);
  }
}
