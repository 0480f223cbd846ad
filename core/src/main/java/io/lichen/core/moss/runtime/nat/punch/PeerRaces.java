// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.crypto.PeerId;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.Flows;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.UdpRace;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is under way to peers, whether this node wants the peer or the peer this node: one race of
 * UDP dials for each, and connections over TCP. A session that comes of one is registered.
 */
final class PeerRaces {
  /** Races at a time. */
  static final int MAX_RACES = 64;

  private final NatContext context;
  private final PunchCounters counters;
  private final StreamDials streams;
  private final Map<PeerId, UdpRace> races = new HashMap<>();
  private final Flows flows = new Flows();

  PeerRaces(NatContext context) {
    this.context = context;
    this.counters = context.counters().punch;
    this.streams = new StreamDials(context);
  }

  /** Dials one more address of a peer, or greets it once more. */
  void fire(PeerId peer, Candidate candidate) {
    InetSocketAddress address = candidate.address();
    if (candidate.stream()) {
      streams.fire(peer, address);
      return;
    }
    UdpRace race = races.get(peer);
    if (race == null || race.session().isDone()) {
      race = open(peer);
    }
    if (race != null) {
      flows.sentTo(address);
      race.add(address);
    }
  }

  /** To how many addresses something was sent: each has cost a symmetric NAT a port. */
  long flows() {
    return flows.count();
  }

  private @Nullable UdpRace open(PeerId peer) {
    if (!races.containsKey(peer) && races.size() >= MAX_RACES) {
      counters.racesRefused.increment();
      return null;
    }
    UdpRace race = context.transport().race(peer, context.handshakeTimeout());
    races.put(peer, race);
    var unused =
        race.session()
            .whenComplete(
                (session, failure) -> context.loop().execute(() -> ended(peer, race, session)));
    return race;
  }

  private void ended(PeerId peer, UdpRace race, @Nullable MossSession session) {
    races.remove(peer, race);
    if (session == null) {
      counters.racesMissed.increment();
    } else {
      counters.racesMet.increment();
      context.membership().admit(session, context.clockNs().getAsLong());
    }
  }

  /** Gives up what is under way for a peer. */
  void end(PeerId peer) {
    streams.end(peer);
    UdpRace race = races.remove(peer);
    if (race != null) {
      race.cancel();
    }
  }

  /** Gives up everything. */
  void endAll() {
    streams.endAll();
    races.values().forEach(UdpRace::cancel);
    races.clear();
  }
}
