// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.handshake.HandshakeException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side of the opening of a TCP connection: mode octet, then handshake frames
 * (docs/wire/moss-transport.md, "Opening"). Where both sides connected, both begin as initiators;
 * the first octet shows it, and the ephemeral keys who goes on ("Simultaneous open").
 *
 * <p>Takes octets in any portions, keeps at most one frame of {@link #MAX_FRAME_BYTES}, never
 * consumes an octet beyond the last handshake frame. Not thread-safe; knows no clock: the deadline
 * is its owner's.
 */
public final class TcpHandshake {
  /** The longest frame that is read; legitimate ones have at most 273 octets. */
  public static final int MAX_FRAME_BYTES = 1024;

  private static final int MODE_BYTES = 1;
  private static final int LENGTH_BYTES = 4;
  private static final int KEY_BYTES = 32;
  private static final byte[] NOTHING = {};

  private final HandshakeContext context;
  private boolean initiator;
  private @Nullable HandshakeMode mode;
  private @Nullable NoiseHandshake noise;
  private @Nullable Established established;
  private byte[] pending;
  private int filled;
  private boolean readingBody;

  /** The own first message, as long as the other side may have sent one, too. */
  private byte @Nullable [] opening;

  /** The mode of the other side's first message, if both have connected. */
  private @Nullable HandshakeMode theirMode;

  private TcpHandshake(HandshakeContext context, boolean initiator, int firstBytes) {
    this.context = context;
    this.initiator = initiator;
    this.pending = new byte[firstBytes];
  }

  /**
   * The side that connected.
   *
   * @param remoteStatic the other side's 32-octet Noise static key for IK, {@code null} for XX
   */
  public static TcpHandshake initiator(HandshakeContext context, byte @Nullable [] remoteStatic) {
    TcpHandshake handshake = new TcpHandshake(context, true, LENGTH_BYTES);
    handshake.mode = remoteStatic == null ? HandshakeMode.XX : HandshakeMode.IK;
    handshake.noise = context.initiate(remoteStatic);
    return handshake;
  }

  /** The side that accepted. */
  public static TcpHandshake responder(HandshakeContext context) {
    return new TcpHandshake(context, false, MODE_BYTES);
  }

  /**
   * A side that connected and does not know whether the other accepted, or connected as well.
   *
   * @param remoteStatic as for {@link #initiator}
   */
  public static TcpHandshake simultaneous(
      HandshakeContext context, byte @Nullable [] remoteStatic) {
    TcpHandshake handshake = initiator(context, remoteStatic);
    handshake.pending = new byte[MODE_BYTES];
    handshake.opening = NOTHING;
    return handshake;
  }

  /** Whether this side is the initiator of the Noise handshake, as far as is known. */
  public boolean isInitiator() {
    return initiator;
  }

  /**
   * What the initiator sends first: the mode octet and the first frame.
   *
   * @throws HandshakeException if the given static key is of low order
   */
  public byte[] begin() {
    if (!initiator || mode == null || noise == null) {
      throw new IllegalStateException("the responder does not speak first");
    }
    byte[] payload = mode == HandshakeMode.IK ? context.identityPayload() : NOTHING;
    byte[] first = HandshakeContext.write(noise, payload);
    if (opening != null) {
      opening = first;
    }
    byte[] frame = frame(first);
    byte[] octets = new byte[1 + frame.length];
    octets[0] = (byte) mode.octet();
    System.arraycopy(frame, 0, octets, 1, frame.length);
    return octets;
  }

  /** How many octets the handshake can take before it must be asked again; 0 when it is over. */
  public int wanted() {
    return established != null ? 0 : pending.length - filled;
  }

  /**
   * Takes up to {@link #wanted} octets.
   *
   * @return what is to be sent now, may be empty
   * @throws HandshakeException if the connection is to be closed, without a word
   */
  public byte[] receive(byte[] in, int off, int len) {
    if (len > wanted()) {
      throw new IllegalArgumentException("only " + wanted() + " octets are wanted, not " + len);
    }
    System.arraycopy(in, off, pending, filled, len);
    filled += len;
    return filled < pending.length || established != null ? NOTHING : complete();
  }

  /** The result, once there is one. */
  public @Nullable Established established() {
    return established;
  }

  private byte[] complete() {
    byte[] done = pending;
    if (opening != null && theirMode == null) {
      onFirstOctet(done[0]);
      return NOTHING;
    }
    if (mode == null) {
      mode = HandshakeContext.mode(done[0] & 0xff);
      noise = context.respond(mode);
      expect(LENGTH_BYTES, false);
      return NOTHING;
    }
    if (!readingBody) {
      expectBody(done);
      return pending.length > 0 ? NOTHING : complete();
    }
    expect(LENGTH_BYTES, false);
    return theirMode == null ? message(mode, done) : decide(theirMode, done);
  }

  /** Zero begins the length of an answer; anything else has to be another initiator's mode. */
  private void onFirstOctet(byte octet) {
    expect(LENGTH_BYTES, false);
    if (octet == 0) {
      opening = null;
      filled = 1;
    } else {
      theirMode = HandshakeContext.mode(octet & 0xff);
    }
  }

  /**
   * Both have sent a first message: that with the smaller ephemeral key, its first part, counts.
   */
  private byte[] decide(HandshakeMode theirs, byte[] message) {
    byte[] own = opening;
    if (own == null || own.length < KEY_BYTES || message.length < KEY_BYTES) {
      throw new HandshakeException(
          Reason.NOISE, "a first message of " + message.length + " octets");
    }
    int order = Arrays.compareUnsigned(own, 0, KEY_BYTES, message, 0, KEY_BYTES);
    if (order == 0) {
      throw new HandshakeException(Reason.NOISE, "the own first message has come back");
    }
    opening = null;
    theirMode = null;
    if (order < 0) {
      return NOTHING;
    }
    initiator = false;
    mode = theirs;
    noise = context.respond(theirs);
    return message(theirs, message);
  }

  private void expect(int bytes, boolean body) {
    pending = new byte[bytes];
    filled = 0;
    readingBody = body;
  }

  private void expectBody(byte[] prefix) {
    int length =
        (prefix[0] & 0xff) << 24
            | (prefix[1] & 0xff) << 16
            | (prefix[2] & 0xff) << 8
            | (prefix[3] & 0xff);
    if (length < 0 || length > MAX_FRAME_BYTES) {
      throw new HandshakeException(
          Reason.FRAME_TOO_LONG,
          "a handshake frame has at most "
              + MAX_FRAME_BYTES
              + " octets, not "
              + Integer.toUnsignedString(length));
    }
    expect(length, true);
  }

  private byte[] message(HandshakeMode knownMode, byte[] message) {
    NoiseHandshake state = noise;
    if (state == null) {
      throw new IllegalStateException("the mode makes the handshake");
    }
    byte[] payload = HandshakeContext.read(state, message, 0, message.length);
    if (knownMode == HandshakeMode.XX && !initiator && !state.isComplete()) {
      // A payload in XX's first message means nothing.
      return identityFrame(state);
    }
    IdentityPayload remote = context.verify(payload, state);
    // The last message is this side's as the initiator of XX and as the responder of IK.
    byte[] reply = state.isComplete() ? NOTHING : identityFrame(state);
    established = HandshakeContext.established(state, remote, knownMode);
    return reply;
  }

  private byte[] identityFrame(NoiseHandshake state) {
    return frame(HandshakeContext.write(state, context.identityPayload()));
  }

  private static byte[] frame(byte[] message) {
    byte[] frame = new byte[LENGTH_BYTES + message.length];
    frame[2] = (byte) (message.length >>> 8);
    frame[3] = (byte) message.length;
    System.arraycopy(message, 0, frame, LENGTH_BYTES, message.length);
    return frame;
  }
}
