// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.ChannelPeers;
import io.lichen.core.net.channel.ChannelPolicy;
import io.lichen.core.net.channel.ChannelRegistry;
import io.lichen.core.net.channel.ChannelRoster;
import io.lichen.core.net.channel.PublishPlanner;
import io.lichen.core.net.channel.SubnetId;
import io.lichen.core.net.channel.TokenCache;
import io.lichen.core.net.channel.membership.MembershipEngine;
import io.lichen.core.net.channel.membership.MembershipRequester;
import io.lichen.core.net.channel.membership.MembershipResponder;
import io.lichen.core.net.channel.proof.IdentityProver;
import io.lichen.core.net.channel.proof.IdentityVerifier;
import io.lichen.core.net.channel.proof.ProofEngine;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.Peers;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.core.work.Offload;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.token.RevocationFloors;
import java.security.SecureRandom;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The engines of channels and identity proofs, joined to the peers of the node; loop only. */
final class ChannelEngines implements Peers.Listener {
  /** Subscriptions of all peers together. */
  private static final int MAX_SUBSCRIPTIONS = 1 << 20;

  /** How far clocks may differ where a token's time is judged, in seconds. */
  private static final int CLOCK_SKEW_SECS = 0;

  private static final long MS_PER_SEC = 1000;

  final ChannelRegistry registry = new ChannelRegistry();
  final RevocationFloors floors = new RevocationFloors();
  final TokenCache tokens = new TokenCache(floors, CLOCK_SKEW_SECS);
  final ChannelRoster roster;
  final PublishPlanner planner;
  final MembershipRequester requester;
  final MembershipResponder responder;
  final MembershipEngine membership;
  final IdentityProver prover;
  final IdentityVerifier verifier;
  final ProofEngine proofs;
  private final LongSupplier clockNs;

  ChannelEngines(
      EntityKeyPair keys,
      NetConfig config,
      Wire wire,
      Identities identities,
      Offload offload,
      LongConsumer subscribed,
      LongSupplier clockNs) {
    this.clockNs = clockNs;
    roster = new ChannelRoster(config.limits().channelsPerPeer(), MAX_SUBSCRIPTIONS);
    SecureRandom random = new SecureRandom();
    ChannelPolicy policy =
        new ChannelPolicy(keys.id(), SubnetId.GLOBAL, registry, false, floors, CLOCK_SKEW_SECS);
    AttemptThrottle throttle = new AttemptThrottle();
    prover =
        new IdentityProver(
            keys,
            random,
            identities::sessionId,
            offload,
            (peer, event) -> wire.send(peer, SubprotocolIds.IDENTITY_PROOF, event));
    verifier =
        new IdentityVerifier(
            keys.id(),
            random,
            identities::pin,
            throttle,
            offload,
            (peer, event) -> wire.send(peer, SubprotocolIds.IDENTITY_PROOF, event));
    proofs = new ProofEngine(prover, verifier);
    ChannelPeers peers = new KnownPeers(identities, verifier);
    requester =
        new MembershipRequester(
            random,
            prover,
            (peer, event) -> wire.send(peer, SubprotocolIds.MEMBERSHIP, event),
            config.timers().membershipTimeout().toNanos());
    responder =
        new MembershipResponder(
            policy,
            roster,
            throttle,
            peers,
            offload,
            (peer, event) -> wire.send(peer, SubprotocolIds.MEMBERSHIP, event),
            subscribed);
    membership = new MembershipEngine(requester, responder);
    planner = new PublishPlanner(policy, roster, peers, tokens, clockNs.getAsLong());
  }

  /** Gives the engines what comes in for them, and wakes them. */
  void join(Subprotocols subprotocols, EngineTimers timers) {
    subprotocols.own(
        SubprotocolIds.MEMBERSHIP,
        (session, event) ->
            membership.onEvent(session.peerNodeId(), event, clockNs.getAsLong(), nowSecs()));
    subprotocols.own(
        SubprotocolIds.IDENTITY_PROOF,
        (session, event) ->
            proofs.onEvent(session.peerNodeId(), session.id(), event, clockNs.getAsLong()));
    timers.add(timed(requester::nextDeadlineNs, requester::onTimer));
    timers.add(timed(prover::nextDeadlineNs, prover::onTimer));
    timers.add(timed(planner::nextDeadlineNs, nowNs -> planner.onTimer(nowNs, nowSecs())));
  }

  static long nowSecs() {
    return System.currentTimeMillis() / MS_PER_SEC;
  }

  static EngineTimers.Timed timed(LongSupplier deadlineNs, LongConsumer timer) {
    return new EngineTimers.Timed() {
      @Override
      public long nextDeadlineNs() {
        return deadlineNs.getAsLong();
      }

      @Override
      public void onTimer(long nowNs) {
        timer.accept(nowNs);
      }
    };
  }

  @Override
  public void onConnected(Peer peer) {}

  @Override
  public void onMoved(Peer peer) {}

  @Override
  public void onRecovered(Peer peer) {}

  @Override
  public void onFailed(Peer peer) {
    forget(peer);
  }

  @Override
  public void onGone(Peer peer) {
    forget(peer);
  }

  private void forget(Peer peer) {
    proofs.onPeerGone(peer.nodeId(), clockNs.getAsLong());
    membership.onPeerGone(peer.nodeId());
  }

  private record KnownPeers(Identities identities, IdentityVerifier verifier)
      implements ChannelPeers {
    @Override
    public @Nullable EntityId identity(long nodeId) {
      return identities.of(nodeId);
    }

    /** No peer says so: natives leave the field 0. */
    @Override
    public @Nullable SubnetId subnet(long nodeId) {
      return SubnetId.GLOBAL;
    }

    @Override
    public boolean knowsProofs(long nodeId) {
      return verifier.knowsProofs(nodeId);
    }
  }
}
