// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.ChannelPeers;
import io.lichen.core.net.channel.ChannelPolicy;
import io.lichen.core.net.channel.ChannelRoster;
import io.lichen.core.net.channel.PeerSender;
import io.lichen.core.net.channel.PresentedChain;
import io.lichen.core.net.channel.Subscription;
import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Request;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.core.work.Offload;
import io.lichen.crypto.token.TokenVerdict;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's side of membership: decides, keeps the roster, answers. Belongs to the node's loop;
 * signatures are checked off it.
 */
public final class MembershipResponder {
  private final SubscribeRules rules;
  private final ChannelRoster roster;
  private final AttemptThrottle throttle;
  private final ChannelPeers peers;
  private final Offload offload;
  private final PeerSender out;
  private final LongConsumer granted;
  private final AnswerMemory answers = new AnswerMemory();

  private long accepted;
  private long refused;
  private long overloaded;

  /**
   * Decides by the policy about what comes from the peers, and answers through the sender.
   *
   * @param granted told of each peer that is given a subscription, before the peer itself is
   */
  public MembershipResponder(
      ChannelPolicy policy,
      ChannelRoster roster,
      AttemptThrottle throttle,
      ChannelPeers peers,
      Offload offload,
      PeerSender out,
      LongConsumer granted) {
    this.rules = new SubscribeRules(policy, roster, throttle, peers);
    this.roster = roster;
    this.throttle = throttle;
    this.peers = peers;
    this.offload = offload;
    this.out = out;
    this.granted = granted;
  }

  /**
   * A request came in. Requesters send copies under one nonce: all of them get the first one's
   * answer.
   *
   * @param nowSecs Unix seconds
   */
  public void onRequest(long nodeId, Request request, long nowNs, long nowSecs) {
    AnswerMemory.Entry known = answers.find(nodeId, request.nonce(), nowNs);
    if (known != null) {
      if (known.ack() != null) {
        send(nodeId, known.ack());
      }
      return;
    }
    switch (request) {
      case Subscribe subscribe -> onSubscribe(nodeId, subscribe, nowNs, nowSecs);
      case Unsubscribe unsubscribe -> {
        roster.remove(unsubscribe.channel(), nodeId);
        answer(nodeId, request, true, AckReason.NONE, nowNs);
      }
    }
  }

  private void onSubscribe(long nodeId, Subscribe request, long nowNs, long nowSecs) {
    switch (rules.decide(nodeId, request, nowNs)) {
      case Decision.Accept accept -> accept(nodeId, request, accept.right(), nowNs);
      case Decision.Refuse refuse -> refuse(nodeId, request, refuse.reason(), nowNs);
      case Decision.Verify verify -> {
        answers.start(nodeId, request.nonce(), nowNs);
        boolean taken =
            offload.submit(
                () -> verify.claim().verify(verify.policy(), nowSecs),
                verdict -> onVerdict(nodeId, request, verify.claim(), verdict, nowNs));
        if (!taken) {
          // Silence: a copy of the request comes soon, and then there may be room.
          answers.forget(nodeId, request.nonce());
          overloaded++;
        }
      }
    }
  }

  /** The peer may have gone meanwhile, or become somebody else. */
  private void onVerdict(
      long nodeId, Subscribe request, PresentedChain claim, TokenVerdict verdict, long nowNs) {
    if (!answers.isOpen(nodeId, request.nonce())) {
      return;
    }
    if (verdict == TokenVerdict.OK && claim.holder().equals(peers.identity(nodeId))) {
      accept(nodeId, request, claim, nowNs);
    } else {
      refuse(nodeId, request, AckReason.UNAUTHORIZED, nowNs);
    }
  }

  private void accept(long nodeId, Subscribe request, @Nullable PresentedChain right, long nowNs) {
    if (!roster.add(new Subscription(request.channel(), nodeId, request.group(), right))) {
      refuse(nodeId, request, AckReason.TOO_MANY_CHANNELS, nowNs);
      return;
    }
    throttle.clear(nodeId);
    granted.accept(nodeId);
    answer(nodeId, request, true, AckReason.NONE, nowNs);
  }

  /** Only what the peer had no right to counts against it. */
  private void refuse(long nodeId, Subscribe request, AckReason reason, long nowNs) {
    if (reason == AckReason.UNAUTHORIZED || reason == AckReason.UNKNOWN_CHANNEL) {
      throttle.onFailure(nodeId, nowNs);
    }
    answer(nodeId, request, false, reason, nowNs);
  }

  private void answer(long nodeId, Request request, boolean accept, AckReason reason, long nowNs) {
    Ack ack = new Ack(request.nonce(), accept, reason);
    answers.put(nodeId, ack, nowNs);
    accepted += accept ? 1 : 0;
    refused += accept ? 0 : 1;
    send(nodeId, ack);
  }

  private void send(long nodeId, Ack ack) {
    out.send(nodeId, MembershipCodec.encode(ack));
  }

  /**
   * The peer failed: what it had and what it asked is over. Its failures stay, or a new session
   * would be a way around the throttle.
   */
  public void onPeerGone(long nodeId) {
    answers.removePeer(nodeId);
    roster.removePeer(nodeId);
  }

  /** Requests granted, unsubscribes included. */
  public long accepted() {
    return accepted;
  }

  /** Requests refused. */
  public long refused() {
    return refused;
  }

  /** Requests not looked at because too many signatures wait to be checked. */
  public long overloaded() {
    return overloaded;
  }
}
