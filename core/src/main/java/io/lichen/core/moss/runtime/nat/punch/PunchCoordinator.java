// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import io.lichen.nat.punch.CoordTime;
import io.lichen.nat.punch.PunchRate;
import io.lichen.transport.moss.Carrier;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The node in between (docs/wire/moss-nat.md, "Hole punching"): passes offers on, in their sender's
 * own name only, and replies to offers that it has passed on. So nobody can make it send anything
 * to those who did not ask, nor use another's name.
 */
final class PunchCoordinator {
  /** Offers whose replies are still passed on. */
  static final int MAX_OFFERS = 1024;

  private static final int MAX_REPLIES = 4;
  private static final int MAX_SENDERS = 1024;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long REPLY_WITHIN_NS = 10 * SECOND_NS;

  private record Key(PeerId asker, PeerId asked, String requestId) {}

  private static final class Offer {
    final long untilNs;
    int replies;

    Offer(long untilNs) {
      this.untilNs = untilNs;
    }
  }

  private final NatContext context;
  private final PunchCounters counters;
  private final PunchRate<PeerId> rate = new PunchRate<>(32, SECOND_NS / 8, MAX_SENDERS);
  private final Map<Key, Offer> offers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Offer> eldest) {
          return size() > MAX_OFFERS;
        }
      };

  PunchCoordinator(NatContext context) {
    this.context = context;
    this.counters = context.counters().punch;
  }

  /** A message between two others. */
  void onMessage(PeerLink from, CoordMessage message, Envelope envelope, long nowNs) {
    PeerLink target = context.peers().get(message.target());
    boolean passes =
        from.peer().equals(message.source())
            && target != null
            && (message.offer() ? offers(message, nowNs) : answers(message, nowNs));
    if (!passes || target == null) {
      counters.forwardsRefused.increment();
      return;
    }
    if (message.offer()) {
      answerAtOnce(from, target, message);
    }
    counters.forwarded.increment();
    target.control(EnvelopeCodec.encode(envelope));
  }

  private boolean offers(CoordMessage offer, long nowNs) {
    if (!rate.take(offer.source(), nowNs)) {
      return false;
    }
    Key key = new Key(offer.source(), offer.target(), offer.requestId());
    return offers.putIfAbsent(key, new Offer(nowNs + REPLY_WITHIN_NS)) == null;
  }

  private boolean answers(CoordMessage reply, long nowNs) {
    Offer offer = offers.get(new Key(reply.target(), reply.source(), reply.requestId()));
    return offer != null && nowNs - offer.untilNs < 0 && offer.replies++ < MAX_REPLIES;
  }

  /** What is known here saves a round trip, where it is right; the target's own word follows. */
  private void answerAtOnce(PeerLink from, PeerLink target, CoordMessage offer) {
    InetSocketAddress known = addressOf(target);
    if (known == null) {
      return;
    }
    counters.answeredAtOnce.increment();
    long coordAtMs = CoordTime.normalized(offer.coordAtMs(), context.clockMs().getAsLong());
    CoordMessage reply = offer.reply(coordAtMs, known, null, null);
    from.control(EnvelopeCodec.encode(reply.toEnvelope()));
  }

  private @Nullable InetSocketAddress addressOf(PeerLink target) {
    if (target.session().carrier() == Carrier.UDP) {
      return target.session().remoteAddress();
    }
    KnownPeer known = context.known().get(target.peer());
    String address = known == null ? null : known.address();
    return address == null
        ? null
        : Endpoint.parse(address)
            .filter(Endpoint::isDialable)
            .map(e -> new InetSocketAddress(e.host(), e.port()))
            .orElse(null);
  }
}
