// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.X25519;
import java.util.Arrays;

/** Two sides that can shake hands, with fixed static keys and fresh ephemeral ones. */
final class HandshakePair {
  static final byte PSK_OCTET = 7;

  final byte[] responderStatic = X25519.publicKey(key((byte) 2));
  final NoiseHandshake initiator;
  final NoiseHandshake responder;

  HandshakePair(NoisePattern pattern) {
    this(pattern, new byte[0], PSK_OCTET);
  }

  HandshakePair(NoisePattern pattern, byte[] prologue, byte pskOctet) {
    initiator = side(pattern, true, prologue, pskOctet);
    responder = side(pattern, false, prologue, pskOctet);
  }

  NoiseHandshake writer(int message) {
    return message % 2 == 0 ? initiator : responder;
  }

  NoiseHandshake reader(int message) {
    return message % 2 == 0 ? responder : initiator;
  }

  static byte[] key(byte octet) {
    byte[] key = new byte[32];
    Arrays.fill(key, octet);
    return key;
  }

  private NoiseHandshake side(
      NoisePattern pattern, boolean initiating, byte[] prologue, byte pskOctet) {
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern).initiator(initiating).prologue(prologue);
    if (pattern.needsLocalStatic(initiating)) {
      byte[] privateKey = key((byte) (initiating ? 1 : 2));
      builder.localStatic(privateKey, X25519.publicKey(privateKey));
    }
    if (initiating && pattern.needsRemoteStatic()) {
      builder.remoteStatic(responderStatic);
    }
    if (pattern.needsPsk()) {
      builder.psk(key(pskOctet));
    }
    return builder.build();
  }
}
