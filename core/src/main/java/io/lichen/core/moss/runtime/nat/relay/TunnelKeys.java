// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Hkdf;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.X25519;
import io.lichen.crypto.identity.Identity;
import java.util.Optional;

/**
 * The key of one direction of a session through a relay, and what every message of that direction
 * is bound to (docs/wire/moss-nat.md, "The sealed tunnel"). The arrays must not be changed.
 *
 * @param key 32 octets
 * @param associatedData names network, session and both ends
 */
public record TunnelKeys(byte[] key, byte[] associatedData) {
  private static final String LABEL = "moss-relay-gossip-v1";

  /**
   * The secret that the two ends share for good; empty if the other's key is one that would give it
   * away.
   */
  public static Optional<byte[]> secret(Identity own, byte[] remoteStatic) {
    try {
      return Optional.of(X25519.agree(own.noisePrivate(), remoteStatic));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  /** The keys with which the source seals for the target. */
  public static TunnelKeys of(
      byte[] secret, String networkId, String session, PeerId source, PeerId target) {
    String ends = source.hex() + "|" + target.hex();
    byte[] info = (LABEL + "|" + ends + "|" + session).getBytes(UTF_8);
    byte[] key = Hkdf.sha256(secret, networkId.getBytes(UTF_8), info, ChaChaPoly.KEY_BYTES);
    String bound = LABEL + "|" + networkId + "|" + session + "|" + ends;
    return new TunnelKeys(key, bound.getBytes(UTF_8));
  }
}
