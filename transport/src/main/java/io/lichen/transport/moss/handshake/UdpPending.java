// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.handshake.HandshakeException.Reason;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stranger's init that was answered and waits for kind 3 (docs/wire/moss-transport.md, "UDP: the
 * responder").
 */
final class UdpPending {
  private final HandshakeContext context;
  private final HandshakeMode mode;
  private final NoiseHandshake noise;
  private final byte[] init;
  private final byte[] response;
  private final @Nullable IdentityPayload remote;
  private final byte[] challenge;
  private final long bornNs;
  private long expiresNs;
  private int badTries;

  /**
   * Reads an init and makes the response.
   *
   * @throws HandshakeException if it is refused
   */
  UdpPending(HandshakeContext context, byte[] init, long nowNs) {
    if (init.length == 0) {
      throw new HandshakeException(Reason.UNKNOWN_MODE, "an init without a mode octet");
    }
    this.context = context;
    this.init = init;
    this.bornNs = nowNs;
    this.expiresNs = nowNs;
    mode = HandshakeContext.mode(init[0] & 0xff);
    noise = context.respond(mode);
    byte[] payload = HandshakeContext.read(noise, init, 1, init.length - 1);
    if (mode == HandshakeMode.IK) {
      remote = context.verify(payload, noise);
      challenge = context.newChallenge();
      response = HandshakeContext.write(noise, context.identityPayload(challenge));
    } else {
      remote = null;
      challenge = new byte[0];
      response = HandshakeContext.write(noise, context.identityPayload());
    }
  }

  boolean isFor(byte[] otherInit) {
    return Arrays.equals(init, otherInit);
  }

  byte[] init() {
    return init;
  }

  byte[] response() {
    return response;
  }

  /** When its init first came. */
  long bornNs() {
    return bornNs;
  }

  long expiresNs() {
    return expiresNs;
  }

  void liveUntil(long timeNs) {
    expiresNs = timeNs;
  }

  /** Counts a kind 3 that does not fit; true if there were too many. */
  boolean refuse(int maxTries) {
    return ++badTries >= maxTries;
  }

  /**
   * Reads kind 3.
   *
   * @throws HandshakeException if it is refused; the state stays as it was
   */
  Established finish(byte[] message) {
    if (remote != null) {
      if (!MessageDigest.isEqual(challenge, message)) {
        throw new HandshakeException(Reason.CHALLENGE, "the answer to the challenge is wrong");
      }
      return HandshakeContext.established(noise, remote, mode);
    }
    if (noise.isComplete()) {
      throw new HandshakeException(Reason.IDENTITY_FORGED, "the handshake has ended already");
    }
    byte[] payload = HandshakeContext.read(noise, message, 0, message.length);
    return HandshakeContext.established(noise, context.verify(payload, noise), mode);
  }
}
