// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.SocketAddresses;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.reach.AskerOutput;
import io.lichen.nat.reach.Attester;
import io.lichen.nat.reach.Reach;
import io.lichen.nat.reach.ReachabilityAsker;
import io.lichen.transport.moss.Carrier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * Finds out whether others can connect to the node, and looks again every few minutes
 * (docs/wire/moss-nat.md, "Reachability"). The node's loop only.
 */
public final class ReachabilityPart implements NatPart, AskerOutput<PeerId> {
  /** After something new: peers and addresses come several at a time. */
  private static final long GATHER_NS = 500_000_000L;

  private static final long PAUSE_NS = 5_000_000_000L;

  /** What has been reached counts as such until that many looks in a row have found otherwise. */
  private static final int PATIENCE = 2;

  /** Silence is a weaker word. */
  private static final int PATIENCE_WITH_SILENCE = 4;

  private final NatContext context;
  private final NatCounters counters;
  private final ProfilePart profile;
  private final long probeNs;
  private final ReachabilityAsker<PeerId> asker;
  private long dueNs;
  private long askedNs;
  private int doubts;

  /**
   * Makes one.
   *
   * @param probeNs between looks
   */
  public ReachabilityPart(
      NatContext context, NatCounters counters, ProfilePart profile, long probeNs) {
    this.context = context;
    this.counters = counters;
    this.profile = profile;
    this.probeNs = probeNs;
    this.asker = new ReachabilityAsker<>(context.random(), this);
    long nowNs = context.clockNs().getAsLong();
    this.askedNs = nowNs - PAUSE_NS;
    this.dueNs = nowNs + GATHER_NS;
    context.parts().handle(EnvelopeType.REACHABILITY_RESPONSE, this::onResponse);
  }

  @Override
  public void profileChanged(NatProfile before, NatProfile now, long nowNs) {
    if (!Objects.equals(before.external(), now.external())) {
      asker.cancel();
      doubts = 0;
      askSoon(nowNs, nowNs);
    }
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    if (mayAttest(link) && !context.parts().profile().reachable()) {
      askSoon(nowNs, askedNs + PAUSE_NS);
    }
  }

  private void askSoon(long nowNs, long earliestNs) {
    dueNs = Math.min(dueNs, Math.max(nowNs + GATHER_NS, earliestNs));
  }

  @Override
  public long nextDeadlineNs() {
    return Math.min(asker.nextDeadlineNs(), dueNs);
  }

  @Override
  public void onTimer(long nowNs) {
    asker.onTimer(nowNs);
    if (dueNs - nowNs > 0) {
      return;
    }
    dueNs = nowNs + probeNs;
    if (asker.isUnderWay()) {
      return;
    }
    InetSocketAddress external = context.parts().profile().external();
    if (external != null && AddressRank.of(external.getAddress()) == AddressRank.PUBLIC) {
      askedNs = nowNs;
      asker.start(external, attesters(external.getAddress()), nowNs);
    }
  }

  /** Who is behind the same address would come back to it, if at all, from this side. */
  private List<Attester<PeerId>> attesters(InetAddress own) {
    return context.peers().all().stream()
        .filter(link -> mayAttest(link) && !host(link).equals(own))
        .map(link -> new Attester<>(link.peer(), host(link)))
        .toList();
  }

  /**
   * A peer answers only for the address that it sees at the other end of the session: that of a
   * session that it has dialled, or of one over UDP. And it has to be outside.
   */
  private boolean mayAttest(PeerLink link) {
    boolean seesAddress = link.session().carrier() == Carrier.UDP || !link.session().outbound();
    return !link.session().isRelayed() && seesAddress && isOutside(link);
  }

  private boolean isOutside(PeerLink link) {
    if (AddressRank.of(host(link)) == AddressRank.PUBLIC) {
      return true;
    }
    KnownPeer known = context.known().get(link.peer());
    PeerAnnouncement status = known == null ? null : known.status();
    return status != null && status.relayCapable() && status.reachable();
  }

  private static InetAddress host(PeerLink link) {
    return link.session().remoteAddress().getAddress();
  }

  @Override
  public void ask(PeerId peer, String requestId, InetSocketAddress address) {
    PeerLink link = context.peers().get(peer);
    if (link != null) {
      link.control(
          EnvelopeCodec.encode(
              Envelope.of(EnvelopeType.REACHABILITY_REQUEST)
                  .requestId(requestId)
                  .advertisedAddress(SocketAddresses.text(address))
                  .build()));
    }
  }

  private void onResponse(PeerLink from, Envelope envelope, long nowNs) {
    boolean reachable = envelope.reachable();
    if (!asker.answered(from.peer(), envelope.requestId(), reachable, nowNs)) {
      counters.attestedStray.increment();
    } else if (reachable) {
      counters.attested.increment();
    } else {
      counters.denied.increment();
    }
  }

  @Override
  public void decided(Reach reach, int asked, long nowNs) {
    boolean before = context.parts().profile().reachable();
    if (reach == Reach.YES) {
      doubts = 0;
      profile.reachable(true, nowNs);
    } else if (reach == Reach.ONE) {
      // Too little to become reachable, enough to stay it.
      doubts = 0;
    } else if (before && asked > 0) {
      doubt(reach == Reach.NO ? PATIENCE : PATIENCE_WITH_SILENCE, nowNs);
    }
  }

  private void doubt(int patience, long nowNs) {
    doubts++;
    if (doubts < patience) {
      askSoon(nowNs, nowNs + PAUSE_NS);
    } else {
      doubts = 0;
      profile.reachable(false, nowNs);
    }
  }
}
