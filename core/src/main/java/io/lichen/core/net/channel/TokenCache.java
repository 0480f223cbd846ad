// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenFields;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a node holds, by subject and channel, to present or to publish with
 * (docs/wire/net-channels.md, "Token cache"). Thread-safe.
 *
 * <p>Bounded: a token that does not fit is refused; tokens whose time is over give way.
 */
public final class TokenCache {
  /** Most pairs of subject and channel. */
  public static final int MAX_SLOTS = 65_536;

  /** Most tokens of a pair, one for each scope. */
  public static final int MAX_TOKENS_OF_SLOT = 32;

  // Tokens for all channels stand under this hash, whatever channel they name.
  private static final long WILDCARD_SLOT = 0;

  private record Slot(EntityId subject, long channelHash) {}

  private final RevocationFloors floors;
  private final int skewSecs;
  private final int maxSlots;
  private final Map<Slot, List<PermissionToken>> slots = new HashMap<>();

  /**
   * An empty cache.
   *
   * @param skewSecs how far clocks may differ, 0 to 300
   */
  public TokenCache(RevocationFloors floors, int skewSecs) {
    this(floors, skewSecs, MAX_SLOTS);
  }

  TokenCache(RevocationFloors floors, int skewSecs, int maxSlots) {
    this.floors = floors;
    this.skewSecs = skewSecs;
    this.maxSlots = maxSlots;
  }

  /**
   * Keeps a token, in place of one with the same subject, channel and scope.
   *
   * @return {@link TokenVerdict#OK}, {@link TokenVerdict#INVALID_SIGNATURE}, or {@link
   *     TokenVerdict#NOT_AUTHORIZED} if there is no room
   */
  public TokenVerdict put(PermissionToken token, long nowSecs) {
    if (!token.isSigned()) {
      return TokenVerdict.INVALID_SIGNATURE;
    }
    TokenFields fields = token.fields();
    boolean wildcard = fields.scope().contains(TokenScope.WILDCARD);
    Slot slot = new Slot(fields.subject(), wildcard ? WILDCARD_SLOT : fields.channelHash());
    synchronized (slots) {
      if (slots.size() >= maxSlots && !slots.containsKey(slot)) {
        removeExpired(nowSecs);
      }
      return insert(slot, token) ? TokenVerdict.OK : TokenVerdict.NOT_AUTHORIZED;
    }
  }

  private boolean insert(Slot slot, PermissionToken token) {
    if (slots.size() >= maxSlots && !slots.containsKey(slot)) {
      return false;
    }
    List<PermissionToken> tokens = slots.computeIfAbsent(slot, key -> new ArrayList<>());
    tokens.removeIf(held -> held.fields().scope().equals(token.fields().scope()));
    return tokens.size() < MAX_TOKENS_OF_SLOT && tokens.add(token);
  }

  /** Drops tokens whose time is over; returns how many. */
  public int removeExpired(long nowSecs) {
    synchronized (slots) {
      int before = count();
      for (List<PermissionToken> tokens : slots.values()) {
        tokens.removeIf(
            token -> Long.compareUnsigned(token.fields().notAfterSecs() + skewSecs, nowSecs) <= 0);
      }
      slots.values().removeIf(List::isEmpty);
      return before - count();
    }
  }

  /** How many tokens there are. */
  public int size() {
    synchronized (slots) {
      return count();
    }
  }

  private int count() {
    return slots.values().stream().mapToInt(List::size).sum();
  }

  /** A token that lets the subject do this now, or null; one for the channel before one for all. */
  public @Nullable PermissionToken find(
      EntityId subject, TokenScope action, long channelHash, long nowSecs) {
    synchronized (slots) {
      PermissionToken own = find(new Slot(subject, channelHash), action, channelHash, nowSecs);
      return own == null
          ? find(new Slot(subject, WILDCARD_SLOT), action, channelHash, nowSecs)
          : own;
    }
  }

  private @Nullable PermissionToken find(
      Slot slot, TokenScope action, long channelHash, long nowSecs) {
    for (PermissionToken token : slots.getOrDefault(slot, List.of())) {
      TokenFields fields = token.fields();
      if (fields.authorizes(action, channelHash)
          && !floors.isRevoked(fields)
          && fields.validity(nowSecs, skewSecs) == TokenVerdict.OK) {
        return token;
      }
    }
    return null;
  }
}
