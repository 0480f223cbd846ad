// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.handshake.HandshakeException.Reason;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One dial over UDP, from the first init to the first packet of the other side
 * (docs/wire/moss-transport.md, "UDP: the initiator"). Belongs to its {@link UdpHandshakes}.
 */
public final class UdpDial {
  /** Forged or late responses that are passed over before a dial is given up. */
  static final int MAX_BAD_RESPONSES = 16;

  private static final int EPHEMERAL_BYTES = 32;
  private static final byte[] NOTHING = {};

  private final HandshakeContext context;
  private final InetSocketAddress address;
  private final long deadlineNs;
  private final long fallbackNs;
  private final @Nullable PeerId expected;
  private HandshakeMode mode;
  private NoiseHandshake noise;
  private byte[] init;
  private @Nullable String lastRefusal;
  private int badResponses;

  byte @Nullable [] done;
  final RepeatTimer repeat = new RepeatTimer();
  boolean yielded;
  long yieldedUntilNs;
  long sentNs;
  private boolean heard;

  UdpDial(
      HandshakeContext context,
      InetSocketAddress address,
      byte @Nullable [] remoteStatic,
      long fallbackNs,
      long deadlineNs,
      @Nullable PeerId expected) {
    this.context = context;
    this.address = address;
    this.expected = expected;
    this.fallbackNs = fallbackNs;
    this.deadlineNs = deadlineNs;
    this.mode = remoteStatic == null ? HandshakeMode.XX : HandshakeMode.IK;
    this.noise = context.initiate(remoteStatic);
    this.init = writeInit(context, mode, noise);
  }

  /** The address that is dialed. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * The other side's init is here, so that it can reach us; whether ours came through before its
   * NAT was open nobody knows. Ours is repeated soon, unless a copy shows that the other side is a
   * native, which a repeat within the round trip confuses.
   */
  void hear(long nowNs) {
    if (!repeat.isRunning()) {
      return;
    }
    repeat.dueAt(heard ? sentNs + UdpHandshakes.NATIVE_REPEAT_NS : nowNs + UdpHandshakes.HEARD_NS);
    heard = true;
  }

  /** Begins anew with XX. */
  void fallBack() {
    mode = HandshakeMode.XX;
    noise = context.initiate(null);
    init = writeInit(context, mode, noise);
    badResponses = 0;
  }

  private static byte[] writeInit(
      HandshakeContext context, HandshakeMode mode, NoiseHandshake noise) {
    byte[] payload = mode == HandshakeMode.IK ? context.identityPayload() : NOTHING;
    byte[] message = HandshakeContext.write(noise, payload);
    byte[] init = new byte[1 + message.length];
    init[0] = (byte) mode.octet();
    System.arraycopy(message, 0, init, 1, message.length);
    return init;
  }

  /** The payload of kind 1. */
  byte[] init() {
    return init;
  }

  boolean isIk() {
    return mode == HandshakeMode.IK;
  }

  long deadlineNs() {
    return deadlineNs;
  }

  /** Whether one certain peer is looked for, who may be elsewhere. */
  public boolean isRace() {
    return expected != null;
  }

  /** When IK gives way to XX; the deadline if it is XX already. */
  long fallbackNs() {
    return isIk() ? fallbackNs : deadlineNs;
  }

  @Nullable String lastRefusal() {
    return lastRefusal;
  }

  /** Remembers a refused response; true if there were too many. */
  boolean refuse(HandshakeException refusal) {
    lastRefusal = refusal.summary();
    return ++badResponses >= MAX_BAD_RESPONSES;
  }

  /**
   * Whether this node goes on as initiator although the other side dials as well: its ephemeral
   * key, clear in octets 1 to 32 of the init, is the smaller one ("Simultaneous dial").
   */
  boolean winsAgainst(byte[] theirInit) {
    int end = 1 + EPHEMERAL_BYTES;
    return theirInit.length < end || Arrays.compareUnsigned(init, 1, end, theirInit, 1, end) < 0;
  }

  /**
   * Reads kind 2 and makes the payload of kind 3.
   *
   * @throws HandshakeException if it is refused; the dial can go on
   */
  Established respond(byte[] message) {
    byte[] payload = HandshakeContext.read(noise, message, 0, message.length);
    IdentityPayload remote = context.verify(payload, noise);
    if (expected != null && !expected.equals(PeerId.of(remote.identityPublic()))) {
      throw new HandshakeException(Reason.OTHER_PEER, "somebody else than " + expected);
    }
    if (mode == HandshakeMode.XX) {
      done = HandshakeContext.write(noise, context.identityPayload());
    } else {
      if (remote.challenge().length != IdentityPayload.CHALLENGE_BYTES) {
        throw new HandshakeException(
            Reason.CHALLENGE, "a challenge has 32 octets, not " + remote.challenge().length);
      }
      done = remote.challenge();
    }
    return HandshakeContext.established(noise, remote, mode);
  }
}
