// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What an endpoint counts beside drops. Thread-safe. */
final class EndpointCounters {
  final LongAdder datagramsIn = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder sessionsInitiated = new LongAdder();
  final LongAdder sessionsAccepted = new LongAdder();
  final LongAdder handshakesHeld = new LongAdder();
  final LongAdder forwarded = new LongAdder();
  final LongAdder rescued = new LongAdder();
  final LongAdder replacedWhileSilent = new LongAdder();
  final LongAdder directSearches = new LongAdder();
  final LongAdder directFound = new LongAdder();
  final LongAdder directFailed = new LongAdder();
  final LongAdder directLost = new LongAdder();
  final LongAdder movesProbed = new LongAdder();
  final LongAdder movesFollowed = new LongAdder();
  final LongAdder movesRefused = new LongAdder();

  Map<String, Long> snapshot() {
    Map<String, Long> all = new TreeMap<>();
    all.put("datagrams_in", datagramsIn.sum());
    all.put("bytes_in", bytesIn.sum());
    all.put("sessions_initiated", sessionsInitiated.sum());
    all.put("sessions_accepted", sessionsAccepted.sum());
    all.put("handshakes_held", handshakesHeld.sum());
    all.put("forwarded", forwarded.sum());
    all.put("rescued", rescued.sum());
    all.put("replaced_while_silent", replacedWhileSilent.sum());
    all.put("direct_searches", directSearches.sum());
    all.put("direct_found", directFound.sum());
    all.put("direct_failed", directFailed.sum());
    all.put("direct_lost", directLost.sum());
    all.put("moves_probed", movesProbed.sum());
    all.put("moves_followed", movesFollowed.sum());
    all.put("moves_refused", movesRefused.sum());
    return all;
  }
}
