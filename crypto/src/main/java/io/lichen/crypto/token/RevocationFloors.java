// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For each issuer the lowest generation of tokens that still counts; a floor only rises. Nothing of
 * it travels over the wire (docs/wire/net-identity.md, "Revocation").
 *
 * <p>Thread-safe. Bounded, and a floor that does not fit is refused: to forget one would make
 * revoked tokens valid again.
 */
public final class RevocationFloors {
  /** Most issuers with a floor. */
  public static final int MAX_ISSUERS = 65_536;

  private final ConcurrentHashMap<EntityId, Integer> floors = new ConcurrentHashMap<>();

  /** No floors: nothing is revoked. */
  public RevocationFloors() {}

  /**
   * Revokes the issuer's tokens below this generation; a lower floor than before changes nothing.
   *
   * @param generation unsigned
   * @throws IllegalStateException if {@link #MAX_ISSUERS} others have a floor
   */
  public synchronized void raise(EntityId issuer, int generation) {
    if (floors.size() >= MAX_ISSUERS && !floors.containsKey(issuer)) {
      throw new IllegalStateException("more than " + MAX_ISSUERS + " issuers have a floor");
    }
    floors.merge(
        issuer, generation, (old, fresh) -> Integer.compareUnsigned(old, fresh) < 0 ? fresh : old);
  }

  /** The lowest generation that counts, unsigned. */
  public int floor(EntityId issuer) {
    return floors.getOrDefault(issuer, 0);
  }

  /** Whether a token with these fields is revoked. */
  public boolean isRevoked(TokenFields fields) {
    return Integer.compareUnsigned(fields.generation(), floor(fields.issuer())) < 0;
  }
}
