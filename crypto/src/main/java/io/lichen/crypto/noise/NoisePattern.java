// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static io.lichen.crypto.noise.NoiseToken.E;
import static io.lichen.crypto.noise.NoiseToken.EE;
import static io.lichen.crypto.noise.NoiseToken.ES;
import static io.lichen.crypto.noise.NoiseToken.PSK;
import static io.lichen.crypto.noise.NoiseToken.S;
import static io.lichen.crypto.noise.NoiseToken.SE;
import static io.lichen.crypto.noise.NoiseToken.SS;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.X25519;
import java.util.List;

/**
 * The handshake patterns that the wires use, all over {@code 25519_ChaChaPoly_BLAKE2s}
 * (docs/wire/moss-crypto.md, "Noise").
 */
public enum NoisePattern {
  /** Both sides send their static key; nothing is known before. */
  XX("XX", List.of(List.of(E), List.of(E, EE, S, ES), List.of(S, SE))),

  /** The initiator knows the responder's static key and sends its own at once. */
  IK("IK", List.of(List.of(E, ES, S, SS), List.of(E, EE, SE))),

  /** XX among those who share a 32-octet key. */
  XX_PSK0("XXpsk0", List.of(List.of(PSK, E), List.of(E, EE, S, ES), List.of(S, SE))),

  /** IK among those who share a 32-octet key. */
  IK_PSK0("IKpsk0", List.of(List.of(PSK, E, ES, S, SS), List.of(E, EE, SE))),

  /** The initiator knows the responder's static key, has none itself, and shares a 32-octet key. */
  NK_PSK0("NKpsk0", List.of(List.of(PSK, E, ES), List.of(E, EE)));

  private final String protocolName;

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes; the JDK has no type to say so
  private final List<List<NoiseToken>> messages;

  NoisePattern(String name, List<List<NoiseToken>> messages) {
    this.protocolName = "Noise_" + name + "_25519_ChaChaPoly_BLAKE2s";
    this.messages = messages;
  }

  /** The full Noise protocol name, as it is hashed. */
  public String protocolName() {
    return protocolName;
  }

  /** How many messages the handshake has; the initiator writes the first, then sides alternate. */
  public int messageCount() {
    return messages.size();
  }

  /** Whether both sides must hold a pre-shared key. */
  public boolean needsPsk() {
    return messages.getFirst().contains(PSK);
  }

  /** Whether the initiator must know the responder's static key beforehand. */
  public boolean needsRemoteStatic() {
    return messages.getFirst().contains(ES);
  }

  /** Whether the side has a static key of its own. */
  boolean needsLocalStatic(boolean initiator) {
    return !initiator || messages.stream().anyMatch(tokens -> tokens.contains(SE));
  }

  /**
   * Octets of a message beside its payload: keys, and a tag for each part that is sealed.
   *
   * @param message 0 for the first message
   */
  public int overheadBytes(int message) {
    boolean keyed = message > 0 || needsPsk();
    int bytes = 0;
    for (NoiseToken token : tokens(message)) {
      switch (token) {
        case E -> bytes += X25519.KEY_BYTES;
        case S -> bytes += X25519.KEY_BYTES + (keyed ? ChaChaPoly.TAG_BYTES : 0);
        case EE, ES, SE, SS, PSK -> keyed = true;
      }
    }
    return bytes + (keyed ? ChaChaPoly.TAG_BYTES : 0);
  }

  List<NoiseToken> tokens(int message) {
    return messages.get(message);
  }
}
