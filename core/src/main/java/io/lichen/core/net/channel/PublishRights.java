// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenPolicy;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node itself may publish on its channels: by a right that was passed on to it, or by
 * a token that it holds. Signatures are checked once; bounded, and of the channels whose token was
 * checked the one used first gives way.
 */
final class PublishRights {
  static final int MAX_CHANNELS = 4096;

  private final ChannelPolicy policy;
  private final TokenCache tokens;
  private final Map<Long, PresentedChain> verified = new LinkedHashMap<>();

  /** Rights that were passed on to this node, by channel; their signatures are good. */
  private final Map<Long, PresentedChain> passedOn = new HashMap<>();

  PublishRights(ChannelPolicy policy, TokenCache tokens) {
    this.policy = policy;
    this.tokens = tokens;
  }

  /** Takes a right that was passed on; false if too many channels have one. */
  boolean publishWith(ChannelName channel, @Nullable TokenChain chain) {
    long hash = channel.hash();
    if (chain == null) {
      passedOn.remove(hash);
      return true;
    }
    if (passedOn.size() >= MAX_CHANNELS && !passedOn.containsKey(hash)) {
      return false;
    }
    passedOn.put(hash, new PresentedChain(chain, policy.self(), TokenScope.PUBLISH, hash));
    return true;
  }

  boolean allow(ChannelName channel, ChannelConfig config, long nowSecs) {
    return config.publishGate().admits(policy.self().nodeId())
        && (!config.tokenRequired() || holdsToken(channel.hash(), config, nowSecs));
  }

  private boolean holdsToken(long channelHash, ChannelConfig config, long nowSecs) {
    TokenPolicy believed = policy.tokens(config);
    PresentedChain given = passedOn.get(channelHash);
    if (given != null && given.isStillGood(believed, nowSecs)) {
      return true;
    }
    PresentedChain known = verified.get(channelHash);
    if (known != null && known.isStillGood(believed, nowSecs)) {
      return true;
    }
    PresentedChain found = find(channelHash, nowSecs);
    if (found == null || found.verify(believed, nowSecs) != TokenVerdict.OK) {
      return false;
    }
    verified.put(channelHash, found);
    if (verified.size() > MAX_CHANNELS) {
      verified.remove(verified.keySet().iterator().next());
    }
    return true;
  }

  private @Nullable PresentedChain find(long channelHash, long nowSecs) {
    PermissionToken token = tokens.find(policy.self(), TokenScope.PUBLISH, channelHash, nowSecs);
    return token == null
        ? null
        : new PresentedChain(TokenChain.of(token), policy.self(), TokenScope.PUBLISH, channelHash);
  }
}
