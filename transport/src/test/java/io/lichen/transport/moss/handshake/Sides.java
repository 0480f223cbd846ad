// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.ScriptedRandom;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of the two sides of a handshake under test. */
final class Sides {
  private static final HexFormat HEX = HexFormat.of();

  private Sides() {}

  static Identity identity(Recorded.Side side) {
    return Identity.ofPrivateKeys(
        HEX.parseHex(side.ed25519Seed()), HEX.parseHex(side.noisePrivate()));
  }

  static HandshakeContext recorded(Recorded.Side side) {
    return new HandshakeContext(
        "moss/1", null, identity(side), new ScriptedRandom(side.ephemeralPrivate()));
  }

  static HandshakeContext context(
      String mesh, byte @Nullable [] psk, Identity identity, long seed) {
    return new HandshakeContext(mesh, psk, identity, seeded(seed));
  }

  /** A source that gives the same octets for the same seed. */
  static SecureRandom seeded(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
