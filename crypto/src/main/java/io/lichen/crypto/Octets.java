// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

/**
 * Length checks shared by this package; the message names the thing, what it had and what is right.
 */
final class Octets {
  private Octets() {}

  static byte[] require(byte[] octets, int length, String what) {
    if (octets.length != length) {
      throw new IllegalArgumentException(what + " has " + length + " octets, not " + octets.length);
    }
    return octets;
  }
}
