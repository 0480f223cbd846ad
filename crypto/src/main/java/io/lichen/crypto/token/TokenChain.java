// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens from a root's grant to the one the presenter holds, each issued by the holder of the one
 * before (docs/wire/net-identity.md, "Chains"). Immutable and thread-safe.
 *
 * @param tokens 1 to {@link #MAX_TOKENS}, root first
 */
public record TokenChain(List<PermissionToken> tokens) {
  /** Most tokens of a chain. */
  public static final int MAX_TOKENS = 8;

  /** Octets of the longest chain. */
  public static final int MAX_BYTES = 1 + MAX_TOKENS * PermissionToken.BYTES;

  /** Checks the count. */
  public TokenChain {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty() || tokens.size() > MAX_TOKENS) {
      throw new IllegalArgumentException(
          "a chain has 1.." + MAX_TOKENS + " tokens, not " + tokens.size());
    }
  }

  /** The chain of a token that a root granted to its user. */
  public static TokenChain of(PermissionToken token) {
    return new TokenChain(List.of(token));
  }

  /** This chain and a token that its last holder passed on. */
  public TokenChain with(PermissionToken token) {
    List<PermissionToken> longer = new ArrayList<>(tokens);
    longer.add(token);
    return new TokenChain(longer);
  }

  /**
   * Reads a chain.
   *
   * @throws TokenException if the count is not 1 to 8, or the length is not exactly the count's
   */
  public static TokenChain decode(byte[] in) {
    int count = in.length == 0 ? 0 : Byte.toUnsignedInt(in[0]);
    if (count == 0 || count > MAX_TOKENS) {
      throw new TokenException(
          TokenVerdict.INVALID_FORMAT, "a chain has 1.." + MAX_TOKENS + " tokens, not " + count);
    }
    if (in.length != 1 + count * PermissionToken.BYTES) {
      throw new TokenException(
          TokenVerdict.INVALID_FORMAT,
          "a chain of " + count + " tokens does not have " + in.length + " octets");
    }
    List<PermissionToken> tokens = new ArrayList<>(count);
    for (int offset = 1; offset < in.length; offset += PermissionToken.BYTES) {
      tokens.add(PermissionToken.read(in, offset));
    }
    return new TokenChain(tokens);
  }

  /** The count, then the tokens. */
  public byte[] encode() {
    byte[] out = new byte[1 + tokens.size() * PermissionToken.BYTES];
    out[0] = (byte) tokens.size();
    int offset = 1;
    for (PermissionToken token : tokens) {
      System.arraycopy(token.encode(), 0, out, offset, PermissionToken.BYTES);
      offset += PermissionToken.BYTES;
    }
    return out;
  }

  /**
   * Whether the presenter may do this; takes some tenths of a millisecond for each token.
   *
   * @param channelHash unsigned
   * @param nowSecs Unix seconds
   * @return {@link TokenVerdict#OK}, or the first thing wrong in the native's order
   */
  public TokenVerdict verify(
      TokenScope action, long channelHash, EntityId presenter, TokenPolicy policy, long nowSecs) {
    return verify(action, channelHash, presenter, policy, nowSecs, true);
  }

  /**
   * As {@link #verify} for a chain that was found good before: its signatures still are, so only
   * time, revocation, roots and rights are looked at.
   */
  public TokenVerdict verifyAgain(
      TokenScope action, long channelHash, EntityId presenter, TokenPolicy policy, long nowSecs) {
    return verify(action, channelHash, presenter, policy, nowSecs, false);
  }

  private TokenVerdict verify(
      TokenScope action,
      long channelHash,
      EntityId presenter,
      TokenPolicy policy,
      long nowSecs,
      boolean signatures) {
    if (!policy.roots().contains(tokens.getFirst().fields().issuer())
        || !tokens.getLast().fields().subject().equals(presenter)) {
      return TokenVerdict.NOT_AUTHORIZED;
    }
    for (PermissionToken token : tokens) {
      TokenVerdict verdict = link(token, action, channelHash, policy, nowSecs, signatures);
      if (verdict != TokenVerdict.OK) {
        return verdict;
      }
    }
    return continuity();
  }

  /** Each token has to permit the action by itself: what a chain permits is what all of it does. */
  private static TokenVerdict link(
      PermissionToken token,
      TokenScope action,
      long channelHash,
      TokenPolicy policy,
      long nowSecs,
      boolean signatures) {
    if (signatures && !token.isSigned()) {
      return TokenVerdict.INVALID_SIGNATURE;
    }
    TokenVerdict verdict = token.fields().validity(nowSecs, policy.skewSecs());
    if (verdict != TokenVerdict.OK) {
      return verdict;
    }
    if (policy.floors().isRevoked(token.fields())) {
      return TokenVerdict.REVOKED;
    }
    return token.fields().authorizes(action, channelHash)
        ? TokenVerdict.OK
        : TokenVerdict.NOT_AUTHORIZED;
  }

  private TokenVerdict continuity() {
    for (int index = 1; index < tokens.size(); index++) {
      TokenFields parent = tokens.get(index - 1).fields();
      TokenFields child = tokens.get(index).fields();
      if (!child.issuer().equals(parent.subject())) {
        return TokenVerdict.NOT_AUTHORIZED;
      }
      if (!parent.scope().contains(TokenScope.DELEGATE)) {
        return TokenVerdict.DELEGATION_NOT_ALLOWED;
      }
      if (child.delegationDepth() >= parent.delegationDepth() || !child.isWithin(parent)) {
        return TokenVerdict.NOT_AUTHORIZED;
      }
    }
    return TokenVerdict.OK;
  }
}
