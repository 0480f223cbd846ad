// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.UdpRace;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The races of UDP dials under way, one for each peer, whether this node wants the peer or the peer
 * this node. A session that comes of one is registered.
 */
final class PeerRaces {
  /** Races at a time. */
  static final int MAX_RACES = 64;

  private final NatContext context;
  private final PunchCounters counters;
  private final Map<PeerId, UdpRace> races = new HashMap<>();

  PeerRaces(NatContext context) {
    this.context = context;
    this.counters = context.counters().punch;
  }

  /** Dials one more address of a peer, or greets it once more. */
  void fire(PeerId peer, InetSocketAddress address) {
    UdpRace race = races.get(peer);
    if (race == null || race.session().isDone()) {
      race = open(peer);
    }
    if (race != null) {
      race.add(address);
    }
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
    UdpRace race = races.remove(peer);
    if (race != null) {
      race.cancel();
    }
  }

  /** Gives up everything. */
  void endAll() {
    races.values().forEach(UdpRace::cancel);
    races.clear();
  }
}
