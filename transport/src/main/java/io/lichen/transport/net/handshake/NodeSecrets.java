// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.handshake;

import io.lichen.crypto.X25519;
import java.security.SecureRandom;

/**
 * What a node brings into every handshake.
 *
 * @param psk the mesh's pre-shared key
 * @param staticPrivate the node's X25519 private key
 * @param staticPublic the public key that belongs to it
 * @param random where ephemeral keys are drawn from
 */
public record NodeSecrets(
    byte[] psk, byte[] staticPrivate, byte[] staticPublic, SecureRandom random) {

  /** Computes the public key. */
  public static NodeSecrets of(byte[] psk, byte[] staticPrivate, SecureRandom random) {
    return new NodeSecrets(psk, staticPrivate, X25519.publicKey(staticPrivate), random);
  }

  @Override
  public String toString() {
    return "NodeSecrets[…]";
  }
}
