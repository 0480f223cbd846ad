// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.noise.NoiseKeys;
import io.lichen.transport.moss.HandshakeMode;

/**
 * What a finished handshake yields.
 *
 * @param remoteId who the other side is
 * @param remoteStatic its 32-octet Noise static key
 * @param mode how the handshake went
 * @param keys the transport keys of this side
 */
public record Established(
    PeerId remoteId, byte[] remoteStatic, HandshakeMode mode, NoiseKeys keys) {
  /** Leaves the keys out. */
  @Override
  public String toString() {
    return "Established[" + remoteId + ", " + mode + "]";
  }
}
