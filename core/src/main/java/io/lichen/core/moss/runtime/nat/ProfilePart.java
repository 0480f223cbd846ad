// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.NatReport;
import io.lichen.core.moss.runtime.exchange.AdvertisedAddress;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.behaviour.NatBehaviour;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.AddressSource;
import io.lichen.nat.profile.NatEvidence;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.Profiler;
import io.lichen.nat.profile.Round;
import io.lichen.nat.profile.Sample;
import io.lichen.transport.moss.Carrier;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the node is behind: asks STUN servers and peers, now and then and when something
 * has changed, and tells all parts of news (docs/wire/moss-nat.md, "Profile"). The node's loop
 * only, but for {@link #reprobe} and {@link #gateway}.
 */
public final class ProfilePart implements NatPart {
  /** For how long no round of STUN may tell of a mapping before peers count. */
  static final long STUN_HOLDS_NS = 600_000_000_000L;

  /** Peers are asked once for those that come at about the same time, and not again at once. */
  private static final long GATHER_NS = 300_000_000L;

  private static final long PEERS_PAUSE_NS = 5_000_000_000L;

  /** Between rounds of STUN, whatever happens meanwhile. */
  private static final long STUN_PAUSE_NS = 5_000_000_000L;

  /** After silence: doubled each time, up to the usual interval. */
  private static final long FIRST_RETRY_NS = 5_000_000_000L;

  /** Interfaces come and go several at a time. */
  private static final long SETTLE_NS = 1_000_000_000L;

  private final NatContext context;
  private final Profiler profiler;
  private final StunServers servers;
  private final StunRound stun;
  private final PeerRound peers;
  private final long probeNs;
  private long retryNs = FIRST_RETRY_NS;
  private long stunDueNs;
  private long stunAskedNs;
  private long peersDueNs = Long.MAX_VALUE;
  private long peersAskedNs;

  /**
   * Makes one that begins when the loop does.
   *
   * @param advertised where this node says it is
   * @param staticPeers of the node
   * @param probeNs between looks
   */
  public ProfilePart(
      NatContext context,
      NatCounters counters,
      Supplier<String> advertised,
      List<String> staticPeers,
      long probeNs) {
    this.context = context;
    this.probeNs = probeNs;
    InetSocketAddress bound = context.transport().localAddress();
    profiler = new Profiler(bound, STUN_HOLDS_NS);
    servers =
        new StunServers(
            StunServers.of(context.config(), staticPeers), bound.getAddress(), context.resolver());
    stun = new StunRound(context, counters, servers, this::onStun);
    peers = new PeerRound(context, counters, advertised, this::onPeers);
    long nowNs = context.clockNs().getAsLong();
    stunDueNs = servers.isEmpty() ? Long.MAX_VALUE : nowNs;
    stunAskedNs = nowNs - STUN_PAUSE_NS;
    peersAskedNs = nowNs - PEERS_PAUSE_NS;
    context.parts().profile(profiler.profile(), nowNs);
    context
        .parts()
        .handle(
            EnvelopeType.BINDING_RESPONSE,
            (from, envelope, thenNs) -> peers.onResponse(from, envelope));
  }

  /** The machine's place in the network has changed: forgets what was, and looks; any thread. */
  public void reprobe() {
    context.loop().execute(this::forget);
  }

  private void forget() {
    long nowNs = context.clockNs().getAsLong();
    profiler.networkChanged();
    stun.forgetAcquaintances();
    publish(nowNs);
    stunDueNs = servers.isEmpty() ? Long.MAX_VALUE : nowNs + SETTLE_NS;
    peersDueNs = nowNs + SETTLE_NS;
  }

  /**
   * A gateway has opened the node's port, or none has it open any more; any thread.
   *
   * @param external the address that it named, resolved
   */
  public void gateway(@Nullable InetSocketAddress external) {
    context
        .loop()
        .execute(
            () -> {
              profiler.gateway(external);
              publish(context.clockNs().getAsLong());
            });
  }

  /** Others have connected to the external address, or could not. */
  void reachable(boolean now, long nowNs) {
    profiler.reachable(now);
    publish(nowNs);
  }

  /**
   * All that is known.
   *
   * @param supernode whether the node relays for others
   */
  public NatReport report(boolean supernode) {
    NatEvidence evidence = profiler.evidence();
    NatProfile now = profiler.profile();
    return new NatReport(
        now.type(),
        evidence.mapping(),
        evidence.filtering(),
        evidence.carrier(),
        now.reachable(),
        supernode,
        now.external(),
        profiler.addresses().all(),
        now.portStep());
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    if (!link.session().isRelayed()) {
      peersDueNs = Math.min(peersDueNs, Math.max(nowNs + GATHER_NS, peersAskedNs + PEERS_PAUSE_NS));
    }
  }

  /** A peer that falls silent may have lost this node rather than be gone. */
  @Override
  public void left(PeerLink link, boolean replaced, long nowNs) {
    boolean isSilent =
        link.session().carrier() == Carrier.UDP && link.liveness().misses() > 0 && !replaced;
    if (isSilent && !servers.isEmpty() && !stun.isUnderWay()) {
      stunDueNs = Math.min(stunDueNs, Math.max(nowNs, stunAskedNs + STUN_PAUSE_NS));
    }
  }

  @Override
  public long nextDeadlineNs() {
    long rounds = Math.min(stun.nextDeadlineNs(), peers.nextDeadlineNs());
    return Math.min(rounds, Math.min(stunDueNs, peersDueNs));
  }

  @Override
  public void onTimer(long nowNs) {
    stun.onTimer(nowNs);
    peers.onTimer(nowNs);
    if (stunDueNs - nowNs <= 0) {
      // Its end says when the next is due.
      stunDueNs = Long.MAX_VALUE;
      stunAskedNs = nowNs;
      stun.start();
    }
    if (peersDueNs - nowNs <= 0) {
      peersDueNs = nowNs + probeNs;
      peersAskedNs = nowNs;
      peers.start(nowNs);
    }
  }

  private void onStun(NatBehaviour behaviour, List<InetSocketAddress> samples, long nowNs) {
    boolean silent = behaviour.mapped() == null;
    stunDueNs = nowNs + (silent ? Math.min(retryNs, probeNs) : probeNs);
    retryNs = silent ? Math.min(2 * retryNs, probeNs) : FIRST_RETRY_NS;
    InetSocketAddress before = profiler.addresses().of(AddressSource.STUN);
    profiler.stun(behaviour, samples, nowNs);
    lookAtOwnAddress();
    publish(nowNs);
    if (before != null && isElsewhere(before, behaviour)) {
      stun.forgetAcquaintances();
      context.parts().moved(nowNs);
    }
  }

  /** A port of its own for each destination is another one in each round. */
  private static boolean isElsewhere(InetSocketAddress before, NatBehaviour now) {
    InetSocketAddress mapped = now.mapped();
    if (mapped == null || mapped.getPort() == 0) {
      return false;
    }
    boolean onePort =
        now.mapping() == Mapping.ENDPOINT_INDEPENDENT || now.mapping() == Mapping.NONE;
    return onePort ? !mapped.equals(before) : !mapped.getAddress().equals(before.getAddress());
  }

  private void onPeers(List<Sample> seen, List<Sample> claimed, long nowNs) {
    InetSocketAddress before = profiler.addresses().of(AddressSource.STUN);
    InetSocketAddress now = Round.of(seen).mapped();
    profiler.peers(seen, nowNs);
    profiler.claims(claimed);
    lookAtOwnAddress();
    publish(nowNs);
    if (before != null && now != null && hasMoved(before, now) && !stun.isUnderWay()) {
      stunDueNs = nowNs;
    }
  }

  /** Peers on this side of a NAT see another address than servers beyond. */
  private static boolean hasMoved(InetSocketAddress before, InetSocketAddress now) {
    return !before.getAddress().equals(now.getAddress())
        && AddressRank.of(before.getAddress()) == AddressRank.of(now.getAddress());
  }

  private void lookAtOwnAddress() {
    profiler.ownCarrierAddress(
        AdvertisedAddress.ofThisMachine()
            .filter(own -> AddressRank.of(own) == AddressRank.CARRIER)
            .isPresent());
  }

  private void publish(long nowNs) {
    context.parts().profile(profiler.profile(), nowNs);
    context.exchange().refreshOwn();
  }
}
