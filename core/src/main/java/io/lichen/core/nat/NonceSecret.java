// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.crypto.Hkdf;
import io.lichen.crypto.Hmac;
import io.lichen.nat.gateway.PcpNonces;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * From what the nonces of PCP come (docs/wire/port-mapping.md, "Asking"). A router gives a port
 * that it holds to nobody with another nonce, not even to the same node after a crash; so they are
 * the same as long as the node has the same private key. Immutable.
 */
public final class NonceSecret {
  private static final int BYTES = 32;
  private static final byte[] INFO = "lichen-pcp-nonce".getBytes(US_ASCII);

  private final byte[] secret;

  private NonceSecret(byte[] secret) {
    this.secret = secret;
  }

  /** The same for the same private key; nothing of the key shows in it. */
  public static NonceSecret of(byte[] privateKey) {
    return new NonceSecret(Hkdf.sha256(privateKey, new byte[0], INFO, BYTES));
  }

  /**
   * Another one each time: for ports that are given back at once.
   *
   * @param random one whose numbers nobody guesses
   */
  public static NonceSecret draw(RandomGenerator random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new NonceSecret(secret);
  }

  /** The nonces with which one router is asked. */
  public PcpNonces nonces(InetAddress local, InetAddress router) {
    byte[] drawn = Hmac.sha256(secret, local.getAddress(), router.getAddress());
    return new PcpNonces(
        Arrays.copyOf(drawn, PcpNonces.BYTES),
        Arrays.copyOfRange(drawn, PcpNonces.BYTES, 2 * PcpNonces.BYTES));
  }
}
