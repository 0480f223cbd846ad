// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.util.random.RandomGenerator;

/**
 * With what ports are opened by PCP: only who knows the number of a port may change it or give it
 * back, so whoever asks for the same port again has to have kept it. Immutable.
 */
public final class PcpNonces {
  /** How long each is. */
  public static final int BYTES = 12;

  private final byte[] udp;
  private final byte[] tcp;

  /**
   * Takes copies.
   *
   * @throws IllegalArgumentException if one does not have {@link #BYTES}
   */
  public PcpNonces(byte[] udp, byte[] tcp) {
    if (udp.length != BYTES || tcp.length != BYTES) {
      throw new IllegalArgumentException("a nonce has " + BYTES + " bytes");
    }
    this.udp = udp.clone();
    this.tcp = tcp.clone();
  }

  /**
   * New ones.
   *
   * @param random one whose numbers nobody guesses
   */
  public static PcpNonces draw(RandomGenerator random) {
    byte[] udp = new byte[BYTES];
    byte[] tcp = new byte[BYTES];
    random.nextBytes(udp);
    random.nextBytes(tcp);
    return new PcpNonces(udp, tcp);
  }

  byte[] of(PortKind kind) {
    return kind == PortKind.UDP ? udp : tcp;
  }
}
