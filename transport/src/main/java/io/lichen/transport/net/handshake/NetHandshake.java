// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.handshake;

import io.lichen.crypto.noise.NoiseException;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.crypto.noise.NoiseHandshakeBuilder;
import io.lichen.crypto.noise.NoisePattern;
import io.lichen.transport.net.codec.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side of one handshake: two messages, then keys (docs/wire/net-transport.md, "Handshake"). Not
 * thread-safe; knows no socket and no clock.
 */
public final class NetHandshake {
  /** Length of the first message of a direct handshake, and of every second message. */
  public static final int SHORT_MESSAGE_BYTES = 48;

  /** Length of the first message of a routed handshake: it carries the initiator's node id. */
  public static final int ROUTED_MESSAGE_BYTES = SHORT_MESSAGE_BYTES + Long.BYTES;

  private static final byte[] NO_PAYLOAD = {};
  private static final byte[] PROLOGUE_LABEL =
      "net-handshake-v1".getBytes(StandardCharsets.US_ASCII);

  private final NoiseHandshake noise;
  private final boolean initiator;

  private NetHandshake(NoiseHandshake noise, boolean initiator) {
    this.noise = noise;
    this.initiator = initiator;
  }

  /** The side that knows the responder's 32-byte static key and begins. */
  public static NetHandshake initiator(
      NodeSecrets secrets, byte[] responderStatic, byte[] prologue) {
    NoiseHandshakeBuilder builder =
        builder(secrets, prologue).initiator(true).remoteStatic(responderStatic);
    return new NetHandshake(builder.build(), true);
  }

  /** The side that waits for a first message. */
  public static NetHandshake responder(NodeSecrets secrets, byte[] prologue) {
    NoiseHandshakeBuilder builder =
        builder(secrets, prologue).localStatic(secrets.staticPrivate(), secrets.staticPublic());
    return new NetHandshake(builder.build(), false);
  }

  private static NoiseHandshakeBuilder builder(NodeSecrets secrets, byte[] prologue) {
    return NoiseHandshake.builder(NoisePattern.NK_PSK0)
        .psk(secrets.psk())
        .random(secrets.random())
        .prologue(prologue);
  }

  /** What binds a handshake to the low 32 bits of both node ids. */
  public static byte[] prologue(int initiatorRoutingId, int responderRoutingId) {
    byte[] prologue = Arrays.copyOf(PROLOGUE_LABEL, PROLOGUE_LABEL.length + 2 * Long.BYTES);
    LittleEndian.putInt(prologue, PROLOGUE_LABEL.length, initiatorRoutingId);
    LittleEndian.putInt(prologue, PROLOGUE_LABEL.length + Long.BYTES, responderRoutingId);
    return prologue;
  }

  /** The initiator's message of a direct handshake. */
  public byte[] writeDirect() {
    return noise.writeMessage(NO_PAYLOAD);
  }

  /** The initiator's message of a routed handshake. */
  public byte[] writeRouted(long ownNodeId) {
    byte[] payload = new byte[Long.BYTES];
    LittleEndian.putLong(payload, 0, ownNodeId);
    return noise.writeMessage(payload);
  }

  /** The responder's message. */
  public byte[] writeAnswer() {
    return noise.writeMessage(NO_PAYLOAD);
  }

  /**
   * Reads the other side's message.
   *
   * @return its payload, or {@code null} if it does not authenticate; then nothing has changed
   */
  public byte @Nullable [] read(byte[] message, int offset, int length) {
    try {
      return noise.readMessage(message, offset, length);
    } catch (NoiseException e) {
      return null;
    }
  }

  /**
   * The keys of this side.
   *
   * @throws IllegalStateException before both messages were exchanged
   */
  public SessionKeys keys() {
    if (!noise.isComplete()) {
      throw new IllegalStateException("the handshake is not complete");
    }
    return SessionKeys.derive(noise.handshakeHash(), initiator);
  }

  /** The ephemeral key at the beginning of a message, as eight of its bytes: no two are alike. */
  public static long ephemeralMark(byte[] message, int offset) {
    return LittleEndian.getLong(message, offset);
  }
}
