// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.ChannelPeers;
import io.lichen.core.net.channel.ChannelPolicy;
import io.lichen.core.net.channel.ChannelRoster;
import io.lichen.core.net.channel.GroupPolicy;
import io.lichen.core.net.channel.PresentedChain;
import io.lichen.core.net.channel.ResolvedChannel;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.NodeIds;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenException;
import io.lichen.crypto.token.TokenScope;
import org.jspecify.annotations.Nullable;

/**
 * Who may subscribe to what: the rules in the order in which natives ask them
 * (docs/wire/net-channels.md, "Who may subscribe"). Belongs to the node's loop.
 */
final class SubscribeRules {
  private static final Decision UNAUTHORIZED = new Decision.Refuse(AckReason.UNAUTHORIZED);

  private final ChannelPolicy policy;
  private final ChannelRoster roster;
  private final AttemptThrottle throttle;
  private final ChannelPeers peers;

  SubscribeRules(
      ChannelPolicy policy, ChannelRoster roster, AttemptThrottle throttle, ChannelPeers peers) {
    this.policy = policy;
    this.roster = roster;
    this.throttle = throttle;
    this.peers = peers;
  }

  Decision decide(long nodeId, Subscribe request, long nowNs) {
    if (throttle.isThrottled(nodeId, nowNs)) {
      return new Decision.Refuse(AckReason.RATE_LIMITED);
    }
    if (!roster.hasRoom(request.channel(), nodeId)) {
      return new Decision.Refuse(AckReason.TOO_MANY_CHANNELS);
    }
    ResolvedChannel resolved = policy.registry().resolve(request.channel());
    if (resolved == null) {
      return policy.permissive() ? Decision.ACCEPT : new Decision.Refuse(AckReason.UNKNOWN_CHANNEL);
    }
    if (!isVisible(nodeId, resolved.config()) || !fitsOrigin(nodeId, request, resolved)) {
      return UNAUTHORIZED;
    }
    return decideGates(nodeId, request, resolved.config());
  }

  private boolean isVisible(long nodeId, ChannelConfig config) {
    return config
        .visibility()
        .permits(policy.subnet(), peers.subnet(nodeId), config.exportTargets());
  }

  /** Such a channel belongs to one subscriber, whose origin hash is what follows the prefix. */
  private boolean fitsOrigin(long nodeId, Subscribe request, ResolvedChannel resolved) {
    if (!resolved.config().originBound()) {
      return true;
    }
    EntityId identity = peers.identity(nodeId);
    String prefix = resolved.prefix();
    return identity != null
        && prefix != null
        && request
            .channel()
            .text()
            .substring(prefix.length())
            .equals(NodeIds.originText(identity.originHash()));
  }

  private Decision decideGates(long nodeId, Subscribe request, ChannelConfig config) {
    boolean joins = request.group() != null;
    if ((joins && config.groupPolicy() == GroupPolicy.NOBODY)
        || !config.subscribeGate().admits(nodeId)) {
      return UNAUTHORIZED;
    }
    boolean boundGroup = joins && config.groupPolicy() == GroupPolicy.TOKEN_BOUND;
    if (!config.tokenRequired() && !boundGroup) {
      return Decision.ACCEPT;
    }
    EntityId identity = peers.identity(nodeId);
    if (identity == null) {
      return peers.knowsProofs(nodeId)
          ? new Decision.Refuse(AckReason.IDENTITY_NOT_ESTABLISHED)
          : UNAUTHORIZED;
    }
    return decideToken(identity, request, config, boundGroup);
  }

  private Decision decideToken(
      EntityId identity, Subscribe request, ChannelConfig config, boolean boundGroup) {
    TokenChain chain = chain(request);
    if (chain == null) {
      return UNAUTHORIZED;
    }
    ChannelName channel = request.channel();
    String group = request.group();
    long hash = boundGroup && group != null ? channel.groupHash(group) : channel.hash();
    return new Decision.Verify(
        new PresentedChain(chain, identity, TokenScope.SUBSCRIBE, hash), policy.tokens(config));
  }

  /** A chain that cannot be read is as good as none. */
  private static @Nullable TokenChain chain(Subscribe request) {
    if (request.chain() == null) {
      return null;
    }
    try {
      return TokenChain.decode(request.chain());
    } catch (TokenException e) {
      return null;
    }
  }
}
