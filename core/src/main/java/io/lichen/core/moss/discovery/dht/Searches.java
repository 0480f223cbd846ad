// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import io.lichen.core.moss.discovery.dht.Lookup.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lookups under way: asks for them, and tells of their end. Whoever begins one waits for its
 * end before the next. Not thread-safe.
 */
final class Searches {
  /** What becomes of a lookup. */
  interface Listener {
    /** Somebody has named peers. */
    default void found(List<Endpoint> peers) {}

    /** It is over. */
    default void done(Lookup lookup, long nowNs) {}
  }

  private record Search(Lookup lookup, Ask ask, Listener listener) {}

  private final NodeId self;
  private final RoutingTable table;
  private final Questions questions;
  private final List<Search> underWay = new ArrayList<>();

  Searches(NodeId self, RoutingTable table, Questions questions) {
    this.self = self;
    this.table = table;
    this.questions = questions;
  }

  /**
   * Begins a lookup with the nearest nodes of the routing table.
   *
   * @param others whom to ask too
   * @param ask what to ask everybody about the target
   * @param listener is told of its end, at once if there is nobody to ask
   */
  void begin(NodeId target, List<Endpoint> others, Ask ask, Listener listener, long nowNs) {
    Lookup lookup = new Lookup(target, self, nowNs);
    others.forEach(lookup::offer);
    table.closest(target, 2 * RoutingTable.K).forEach(lookup::offer);
    Search search = new Search(lookup, ask, listener);
    underWay.add(search);
    goOn(search, nowNs);
  }

  /** Ends lookups whose time is up. */
  void tick(long nowNs) {
    List.copyOf(underWay).forEach(search -> goOn(search, nowNs));
  }

  private void goOn(Search search, long nowNs) {
    Optional<Candidate> next = search.lookup().next(nowNs);
    while (next.isPresent()) {
      ask(search, next.get(), nowNs);
      next = search.lookup().next(nowNs);
    }
    if (search.lookup().isOver(nowNs) && underWay.remove(search)) {
      search.listener().done(search.lookup(), nowNs);
    }
  }

  private void ask(Search search, Candidate candidate, long nowNs) {
    questions.ask(
        candidate.endpoint(),
        candidate.id(),
        search.ask(),
        new Questions.Outcome() {
          @Override
          public void answered(Krpc.Response response, long answeredNs) {
            List<Endpoint> peers = search.lookup().answered(candidate, response);
            if (!peers.isEmpty()) {
              search.listener().found(peers);
            }
            goOn(search, answeredNs);
          }

          @Override
          public void failed(long failedNs) {
            search.lookup().failed(candidate);
            goOn(search, failedNs);
          }
        },
        nowNs);
  }
}
