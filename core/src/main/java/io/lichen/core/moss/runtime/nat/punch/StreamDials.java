// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TcpMeeting;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections under way to peers that connect to this node at the same moment, one for each
 * address. A session that comes of one is registered.
 */
final class StreamDials {
  /** Connections at a time. */
  static final int MAX_DIALS = 64;

  private record Target(PeerId peer, InetSocketAddress address) {}

  private final NatContext context;
  private final PunchCounters counters;
  private final Map<Target, TcpMeeting> dials = new HashMap<>();

  StreamDials(NatContext context) {
    this.context = context;
    this.counters = context.counters().punch;
  }

  /** Connects, unless that is under way. */
  void fire(PeerId peer, InetSocketAddress address) {
    Target target = new Target(peer, address);
    if (dials.containsKey(target) || context.peers().isDirect(peer)) {
      return;
    }
    if (dials.size() >= MAX_DIALS) {
      counters.streamsRefused.increment();
      return;
    }
    TcpMeeting meeting = context.transport().meet(peer, address, context.handshakeTimeout());
    dials.put(target, meeting);
    var unused =
        meeting
            .session()
            .whenComplete(
                (session, failure) -> context.loop().execute(() -> ended(target, session)));
  }

  private void ended(Target target, @Nullable MossSession session) {
    dials.remove(target);
    if (session == null) {
      counters.streamsMissed.increment();
    } else {
      counters.streamsMet.increment();
      context.membership().admit(session, context.clockNs().getAsLong());
    }
  }

  /** Gives up what has not got through to a peer yet. */
  void end(PeerId peer) {
    for (Map.Entry<Target, TcpMeeting> each : List.copyOf(dials.entrySet())) {
      if (each.getKey().peer().equals(peer)) {
        each.getValue().abandon();
      }
    }
  }

  /** Gives up everything. */
  void endAll() {
    List.copyOf(dials.values()).forEach(TcpMeeting::abandon);
  }
}
