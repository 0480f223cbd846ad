// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenPolicy;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node itself may publish on its channels. Signatures of its own tokens are checked
 * once; bounded, and the channel used first gives way.
 */
final class PublishRights {
  static final int MAX_CHANNELS = 4096;

  private final ChannelPolicy policy;
  private final TokenCache tokens;
  private final Map<Long, PresentedChain> verified = new LinkedHashMap<>();

  PublishRights(ChannelPolicy policy, TokenCache tokens) {
    this.policy = policy;
    this.tokens = tokens;
  }

  boolean allow(ChannelName channel, ChannelConfig config, long nowSecs) {
    return config.publishGate().admits(policy.self().nodeId())
        && (!config.tokenRequired() || holdsToken(channel.hash(), config, nowSecs));
  }

  private boolean holdsToken(long channelHash, ChannelConfig config, long nowSecs) {
    TokenPolicy believed = policy.tokens(config);
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
