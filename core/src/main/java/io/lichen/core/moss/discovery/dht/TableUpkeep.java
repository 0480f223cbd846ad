// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Keeps the routing table full of nodes that are there: asks those that were long silent, looks for
 * nodes near this one and in regions from which nobody was heard of. Not thread-safe.
 */
final class TableUpkeep {
  private static final long PERIOD_NS = 60_000_000_000L;

  /** Silent nodes asked in a period. */
  private static final int MAX_PINGS = 16;

  /** Questions under way beyond which strangers are not asked back. */
  private static final int MANY_QUESTIONS = 64;

  /** The question itself is what counts: its end goes into the routing table. */
  private static final Questions.Outcome NOTHING =
      new Questions.Outcome() {
        @Override
        public void answered(Krpc.Response response, long nowNs) {}

        @Override
        public void failed(long nowNs) {}
      };

  private final NodeId self;
  private final RoutingTable table;
  private final Questions questions;
  private final Searches searches;
  private final RandomGenerator random;
  private boolean searching;
  private long nextNs;

  TableUpkeep(
      NodeId self,
      RoutingTable table,
      Questions questions,
      Searches searches,
      RandomGenerator random,
      long nowNs) {
    this.self = self;
    this.table = table;
    this.questions = questions;
    this.searches = searches;
    this.random = random;
    this.nextNs = nowNs + PERIOD_NS;
  }

  /** Does what is due. */
  void tick(long nowNs) {
    if (nextNs - nowNs > 0) {
      return;
    }
    nextNs = nowNs + PERIOD_NS;
    for (Contact silent : table.questionable(MAX_PINGS, nowNs)) {
      ping(silent, nowNs);
    }
    OptionalInt stale = table.staleBucket(nowNs);
    if (stale.isPresent()) {
      search(self.randomWithCommon(stale.getAsInt(), random), List.of(), nowNs);
    }
  }

  /** Nodes to begin with have become known: whoever lies near this one is looked for. */
  void bootstrap(List<Endpoint> nodes, long nowNs) {
    search(self, nodes, nowNs);
  }

  /** A node has asked something: if it could be in the table, it is asked whether it is there. */
  void heard(Contact contact, long nowNs) {
    if (!table.heard(contact, nowNs)
        && table.hasRoomFor(contact)
        && questions.count() < MANY_QUESTIONS) {
      ping(contact, nowNs);
    }
  }

  private void ping(Contact contact, long nowNs) {
    questions.ask(contact.endpoint(), contact.id(), new Ask.Ping(), NOTHING, nowNs);
  }

  private void search(NodeId target, List<Endpoint> others, long nowNs) {
    if (searching) {
      return;
    }
    searching = true;
    Searches.Listener listener =
        new Searches.Listener() {
          @Override
          public void done(Lookup lookup, long doneNs) {
            searching = false;
          }
        };
    searches.begin(target, others, new Ask.FindNode(target), listener, nowNs);
  }
}
