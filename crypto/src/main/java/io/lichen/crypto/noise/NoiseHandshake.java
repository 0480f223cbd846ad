// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.CryptoException;
import io.lichen.crypto.X25519;
import io.lichen.crypto.noise.NoiseException.Reason;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of one Noise handshake (revision 34): messages in, messages out, then two keys.
 *
 * <p>Not thread-safe; knows no socket and no clock. A refused message changes nothing: the caller
 * may drop it and read another one, which matters where anybody can send a datagram.
 *
 * <p>Calls out of order are {@link IllegalStateException}s (docs/wire/moss-crypto.md, "Noise").
 */
public final class NoiseHandshake {
  /** The longest handshake message in octets (revision 34, section 3). */
  public static final int MAX_MESSAGE_BYTES = 65535;

  private final NoisePattern pattern;
  private final boolean initiator;
  private final byte @Nullable [] psk;
  private final @Nullable KeyPair localStatic;
  private final @Nullable KeyPair fixedEphemeral;
  private final SecureRandom random;

  private SymmetricState symmetric;
  private @Nullable KeyPair localEphemeral;
  private byte @Nullable [] remoteStatic;
  private byte @Nullable [] remoteEphemeral;
  private int messageIndex;

  NoiseHandshake(NoiseHandshakeBuilder builder) {
    pattern = builder.pattern;
    initiator = builder.initiator;
    psk = builder.psk;
    localStatic = builder.localStatic;
    remoteStatic = builder.remoteStatic;
    fixedEphemeral = builder.fixedEphemeral;
    random = builder.random == null ? new SecureRandom() : builder.random;
    symmetric = new SymmetricState(pattern.protocolName());
    symmetric.mixHash(builder.prologue);
    if (pattern.needsRemoteStatic()) {
      // The pre-message: the responder's static key, known to the initiator.
      symmetric.mixHash(initiator ? present(remoteStatic) : present(localStatic).publicKey());
    }
  }

  /** Starts describing a handshake; the side is the responder's until {@code initiator(true)}. */
  public static NoiseHandshakeBuilder builder(NoisePattern pattern) {
    return new NoiseHandshakeBuilder(pattern);
  }

  /** The pattern that is spoken. */
  public NoisePattern pattern() {
    return pattern;
  }

  /** Whether the next step is this side's {@link #writeMessage}. */
  public boolean isMyTurn() {
    return !isComplete() && (messageIndex % 2 == 0) == initiator;
  }

  /** Whether all messages were exchanged. */
  public boolean isComplete() {
    return messageIndex == pattern.messageCount();
  }

  /**
   * Writes this side's next message around the payload, which may be empty.
   *
   * <p>The payload of XX's first message travels in clear.
   *
   * @throws IllegalStateException if it is not this side's turn
   * @throws IllegalArgumentException if the message would be longer than 65535 octets
   * @throws NoiseException if the known remote static key is a point of low order; the handshake
   *     then can go no further
   */
  public byte[] writeMessage(byte[] payload) {
    requireTurn(true);
    int length = minimumLength() + payload.length;
    if (length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a handshake message has at most " + MAX_MESSAGE_BYTES + " octets, not " + length);
    }
    SymmetricState state = new SymmetricState(symmetric);
    ByteArrayOutputStream message = new ByteArrayOutputStream(length);
    for (NoiseToken token : pattern.tokens(messageIndex)) {
      write(token, state, message);
    }
    message.writeBytes(state.encryptAndHash(payload));
    symmetric = state;
    messageIndex++;
    return message.toByteArray();
  }

  /**
   * Reads the other side's next message.
   *
   * @return its payload, may be empty
   * @throws NoiseException if the message is refused; the handshake stays as it was
   * @throws IllegalStateException if it is not the other side's turn
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  public byte[] readMessage(byte[] message, int off, int len) {
    Objects.checkFromIndexSize(off, len, message.length);
    requireTurn(false);
    requireLength(len);
    SymmetricState stateBefore = symmetric;
    byte[] staticBefore = remoteStatic;
    byte[] ephemeralBefore = remoteEphemeral;
    boolean accepted = false;
    try {
      symmetric = new SymmetricState(stateBefore);
      byte[] payload = readTokens(Arrays.copyOfRange(message, off, off + len));
      messageIndex++;
      accepted = true;
      return payload;
    } finally {
      if (!accepted) {
        symmetric = stateBefore;
        remoteStatic = staticBefore;
        remoteEphemeral = ephemeralBefore;
      }
    }
  }

  /** Whether the other side's static key is known by now. */
  public boolean hasRemoteStatic() {
    return remoteStatic != null;
  }

  /**
   * The other side's static public key, 32 octets: from the start where it was given, else from the
   * message that brings it. Until the handshake is complete it is only a claim.
   *
   * @throws IllegalStateException if it is not known (yet)
   */
  public byte[] remoteStatic() {
    byte[] key = remoteStatic;
    if (key == null) {
      throw new IllegalStateException("the remote static key is not known after " + progress());
    }
    return key.clone();
  }

  /** The hash over all that was said so far; once complete, it names this one session. */
  public byte[] handshakeHash() {
    return symmetric.hash();
  }

  /**
   * The transport keys of this side; their nonces start at 0.
   *
   * @throws IllegalStateException if the handshake is not complete
   */
  public NoiseKeys split() {
    if (!isComplete()) {
      throw new IllegalStateException("no transport keys after " + progress());
    }
    byte[][] keys = symmetric.split();
    return initiator ? new NoiseKeys(keys[0], keys[1]) : new NoiseKeys(keys[1], keys[0]);
  }

  private void write(NoiseToken token, SymmetricState state, ByteArrayOutputStream message) {
    switch (token) {
      case E -> {
        KeyPair ephemeral = fixedEphemeral == null ? KeyPair.generate(random) : fixedEphemeral;
        localEphemeral = ephemeral;
        message.writeBytes(ephemeral.publicKey());
        mixEphemeral(state, ephemeral.publicKey());
      }
      case S -> message.writeBytes(state.encryptAndHash(present(localStatic).publicKey()));
      default -> mixSecret(token, state);
    }
  }

  private byte[] readTokens(byte[] message) {
    int position = 0;
    for (NoiseToken token : pattern.tokens(messageIndex)) {
      switch (token) {
        case E -> {
          byte[] key = Arrays.copyOfRange(message, position, position + X25519.KEY_BYTES);
          position += key.length;
          remoteEphemeral = key;
          mixEphemeral(symmetric, key);
        }
        case S -> {
          int length = X25519.KEY_BYTES + symmetric.overhead();
          byte[] sealed = Arrays.copyOfRange(message, position, position + length);
          position += length;
          remoteStatic = symmetric.decryptAndHash(sealed);
        }
        default -> mixSecret(token, symmetric);
      }
    }
    return symmetric.decryptAndHash(Arrays.copyOfRange(message, position, message.length));
  }

  private void mixEphemeral(SymmetricState state, byte[] publicKey) {
    state.mixHash(publicKey);
    if (pattern.needsPsk()) {
      // Section 9.2: with a psk, every ephemeral key also goes into the key.
      state.mixKey(publicKey);
    }
  }

  private void mixSecret(NoiseToken token, SymmetricState state) {
    switch (token) {
      case PSK -> state.mixKeyAndHash(present(psk));
      case EE -> state.mixKey(agree(present(localEphemeral), present(remoteEphemeral)));
      case SS -> state.mixKey(agree(present(localStatic), present(remoteStatic)));
      case ES -> state.mixKey(initiator ? ephemeralToStatic() : staticToEphemeral());
      case SE -> state.mixKey(initiator ? staticToEphemeral() : ephemeralToStatic());
      default -> throw new IllegalStateException(token + " has no secret");
    }
  }

  private byte[] ephemeralToStatic() {
    return agree(present(localEphemeral), present(remoteStatic));
  }

  private byte[] staticToEphemeral() {
    return agree(present(localStatic), present(remoteEphemeral));
  }

  private static byte[] agree(KeyPair local, byte[] remote) {
    try {
      return X25519.agree(local.privateKey(), remote);
    } catch (CryptoException e) {
      throw new NoiseException(Reason.LOW_ORDER_POINT, "the handshake key has a low order", e);
    }
  }

  private void requireTurn(boolean writing) {
    if (isComplete() || isMyTurn() != writing) {
      throw new IllegalStateException(
          "cannot " + (writing ? "write" : "read") + " a message after " + progress());
    }
  }

  private void requireLength(int length) {
    int minimum = minimumLength();
    if (length < minimum) {
      throw new NoiseException(
          Reason.TOO_SHORT,
          "handshake message " + messageIndex + " has " + length + " octets, at least " + minimum);
    }
    if (length > MAX_MESSAGE_BYTES) {
      throw new NoiseException(
          Reason.TOO_LONG,
          "a handshake message has " + length + " octets, at most " + MAX_MESSAGE_BYTES);
    }
  }

  /** Octets of the next message when its payload is empty. */
  private int minimumLength() {
    return pattern.overheadBytes(messageIndex);
  }

  private String progress() {
    return messageIndex
        + " of "
        + pattern.messageCount()
        + " messages of "
        + pattern
        + " as "
        + (initiator ? "initiator" : "responder");
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value, "the builder and the order of tokens provide it");
  }
}
