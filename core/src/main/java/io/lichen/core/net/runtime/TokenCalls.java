// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetTokens;
import io.lichen.core.net.channel.PublishPlanner;
import io.lichen.core.net.channel.TokenCache;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenException;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenIssuer;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tokens of a node, as the application sees them. */
final class TokenCalls implements NetTokens {
  private final TokenIssuer issuer;
  private final TokenCache cache;
  private final RevocationFloors floors;
  private final EntityId self;
  private final PublishPlanner planner;
  private final Wire wire;

  TokenCalls(EntityKeyPair keys, ChannelEngines engines, Wire wire) {
    this.issuer = new TokenIssuer(keys, new SecureRandom());
    this.self = keys.id();
    this.planner = engines.planner;
    this.wire = wire;
    this.cache = engines.tokens;
    this.floors = engines.floors;
  }

  @Override
  public PermissionToken issue(TokenGrant grant) {
    return checked(() -> issuer.issue(grant, ChannelEngines.nowSecs()));
  }

  @Override
  public PermissionToken delegate(PermissionToken parent, EntityId subject, TokenScope scope) {
    return checked(() -> issuer.delegate(parent, subject, scope, ChannelEngines.nowSecs()));
  }

  private static PermissionToken checked(Supplier<PermissionToken> made) {
    try {
      return made.get();
    } catch (TokenException e) {
      throw new NetException(error(e.verdict()), String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.TOKEN_INVALID_FORMAT, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void install(PermissionToken token) {
    TokenVerdict verdict = cache.put(token, ChannelEngines.nowSecs());
    if (verdict != TokenVerdict.OK) {
      throw new NetException(error(verdict), "the token cannot be kept: " + verdict);
    }
  }

  @Override
  public void publishWith(String channel, @Nullable TokenChain chain) {
    ChannelName name = ChannelName.of(channel);
    TokenVerdict verdict = chain == null ? TokenVerdict.OK : own(chain);
    if (verdict == TokenVerdict.OK && !wire.call(() -> planner.publishWith(name, chain))) {
      verdict = TokenVerdict.NOT_AUTHORIZED;
    }
    if (verdict != TokenVerdict.OK) {
      throw new NetException(error(verdict), "the chain cannot be kept: " + verdict);
    }
  }

  /** What can be told without the channel's configuration. */
  private TokenVerdict own(TokenChain chain) {
    if (!chain.tokens().getLast().fields().subject().equals(self)) {
      return TokenVerdict.NOT_AUTHORIZED;
    }
    return chain.tokens().stream().allMatch(PermissionToken::isSigned)
        ? TokenVerdict.OK
        : TokenVerdict.INVALID_SIGNATURE;
  }

  @Override
  public @Nullable PermissionToken find(EntityId subject, TokenScope action, String channel) {
    long hash = ChannelName.of(channel).hash();
    return cache.find(subject, action, hash, ChannelEngines.nowSecs());
  }

  @Override
  public int size() {
    return cache.size();
  }

  @Override
  public void revokeBefore(EntityId issuerId, int generation) {
    floors.raise(issuerId, generation);
  }

  /** The names of the native: what has none of its own there shares another's. */
  static NetError error(TokenVerdict verdict) {
    return switch (verdict) {
      case INVALID_SIGNATURE -> NetError.TOKEN_INVALID_SIGNATURE;
      case NOT_YET_VALID -> NetError.TOKEN_NOT_YET_VALID;
      case EXPIRED -> NetError.TOKEN_EXPIRED;
      case DELEGATION_EXHAUSTED -> NetError.TOKEN_DELEGATION_EXHAUSTED;
      case DELEGATION_NOT_ALLOWED -> NetError.TOKEN_DELEGATION_NOT_ALLOWED;
      case NOT_AUTHORIZED, REVOKED, OK -> NetError.TOKEN_NOT_AUTHORIZED;
      case INVALID_FORMAT, ZERO_TTL, TTL_TOO_LONG -> NetError.TOKEN_INVALID_FORMAT;
    };
  }
}
