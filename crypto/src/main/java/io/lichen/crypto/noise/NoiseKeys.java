// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

/**
 * The two transport keys that a finished handshake yields, seen from one side.
 *
 * @param sendKey 32 octets; the other side's receive key
 * @param receiveKey 32 octets; the other side's send key
 */
public record NoiseKeys(byte[] sendKey, byte[] receiveKey) {
  /** Names the type only: keys do not belong into logs. */
  @Override
  public String toString() {
    return "NoiseKeys[…]";
  }
}
