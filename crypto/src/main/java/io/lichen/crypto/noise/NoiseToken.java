// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

/** The steps of a handshake message (Noise revision 34, section 7.1 and 9). */
enum NoiseToken {
  E,
  S,
  EE,
  ES,
  SE,
  SS,
  PSK
}
