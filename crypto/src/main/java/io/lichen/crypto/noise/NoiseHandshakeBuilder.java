// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.X25519;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake needs to know before its first message. Not thread-safe; all keys are copied.
 *
 * <p>Keys that the pattern has no use for are refused by {@link #build}: they would suggest a
 * protection that is not there.
 */
public final class NoiseHandshakeBuilder {
  /** Length of a pre-shared key in octets. */
  public static final int PSK_BYTES = 32;

  final NoisePattern pattern;
  boolean initiator;
  byte[] prologue = new byte[0];
  byte @Nullable [] psk;
  @Nullable KeyPair localStatic;
  byte @Nullable [] remoteStatic;
  @Nullable KeyPair fixedEphemeral;
  @Nullable SecureRandom random;

  NoiseHandshakeBuilder(NoisePattern pattern) {
    this.pattern = pattern;
  }

  /** Whether this side writes the first message; it is the responder unless told so. */
  public NoiseHandshakeBuilder initiator(boolean value) {
    initiator = value;
    return this;
  }

  /** Octets on which both sides must agree, of any length; empty unless given. */
  public NoiseHandshakeBuilder prologue(byte[] value) {
    prologue = value.clone();
    return this;
  }

  /**
   * The key shared beforehand, for the psk0 patterns.
   *
   * @throws IllegalArgumentException if it is not 32 octets long
   */
  public NoiseHandshakeBuilder psk(byte[] value) {
    psk = key(value, "a pre-shared key");
    return this;
  }

  /**
   * This side's static key pair.
   *
   * @throws IllegalArgumentException if a key is not 32 octets long
   */
  public NoiseHandshakeBuilder localStatic(byte[] privateKey, byte[] publicKey) {
    localStatic =
        new KeyPair(key(privateKey, "a static private key"), key(publicKey, "a static public key"));
    return this;
  }

  /**
   * The responder's static public key, for an initiator that knows it.
   *
   * @throws IllegalArgumentException if it is not 32 octets long
   */
  public NoiseHandshakeBuilder remoteStatic(byte[] publicKey) {
    remoteStatic = key(publicKey, "a remote static key");
    return this;
  }

  /** Where the ephemeral key is drawn from; the platform's default source unless given. */
  public NoiseHandshakeBuilder random(SecureRandom value) {
    random = value;
    return this;
  }

  /**
   * An ephemeral private key to use instead of a fresh one: only for reproducing recorded
   * handshakes, since a repeated ephemeral key breaks every promise of Noise.
   *
   * @throws IllegalArgumentException if it is not 32 octets long
   */
  public NoiseHandshakeBuilder fixedEphemeral(byte[] privateKey) {
    fixedEphemeral = KeyPair.of(key(privateKey, "an ephemeral private key"));
    return this;
  }

  /**
   * A handshake before its first message.
   *
   * @throws IllegalStateException if a key that the pattern takes is missing, or one that it does
   *     not take is given
   */
  public NoiseHandshake build() {
    check("a pre-shared key", psk != null, pattern.needsPsk());
    check("a local static key", localStatic != null, pattern.needsLocalStatic(initiator));
    check("a remote static key", remoteStatic != null, initiator && pattern.needsRemoteStatic());
    return new NoiseHandshake(this);
  }

  private void check(String what, boolean given, boolean needed) {
    if (given != needed) {
      String side = initiator ? "initiator" : "responder";
      throw new IllegalStateException(
          "the " + side + " of " + pattern + (needed ? " needs " : " does not take ") + what);
    }
  }

  private static byte[] key(byte[] value, String what) {
    if (value.length != X25519.KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " has " + X25519.KEY_BYTES + " octets, not " + value.length);
    }
    return value.clone();
  }
}
