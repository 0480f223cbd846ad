// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Era C: {@code nonce[12] ‖ AEAD(kind ‖ padLen u16be ‖ payload ‖ pad)} under a key that everybody
 * in the network knows (docs/wire/moss-transport.md, "Obfuscation"). Hides what is spoken; protects
 * nothing. Not thread-safe.
 */
public final class ObfuscatedDatagrams implements DatagramCodec {
  /** The shortest datagram that can open. */
  public static final int MIN_DATAGRAM_BYTES = ChaChaPoly.NONCE_BYTES + 3 + ChaChaPoly.TAG_BYTES;

  private static final int INNER_HEADER_BYTES = 3;
  private static final int PAYLOAD_OFFSET = ChaChaPoly.NONCE_BYTES + INNER_HEADER_BYTES;
  private static final int MAX_PAD_BYTES = 0xffff;
  private static final byte[] NO_AAD = {};

  private final ChaChaPoly cipher;
  private final RandomPool random;
  private final int padBytesMax;
  private final boolean padSessionPackets;
  private final byte[] nonce = new byte[ChaChaPoly.NONCE_BYTES];
  private final byte[] padding = new byte[MAX_PAD_BYTES];

  /**
   * A codec for one network.
   *
   * @param key from {@link #key}
   * @param padBytesMax most octets of padding, 0 to 65535
   * @param padSessionPackets whether kind 4 is padded too
   * @param random where nonces and padding lengths are drawn from
   */
  public ObfuscatedDatagrams(
      byte[] key, int padBytesMax, boolean padSessionPackets, SecureRandom random) {
    if (padBytesMax < 0 || padBytesMax > MAX_PAD_BYTES) {
      throw new IllegalArgumentException("padding is 0 to 65535 octets, not " + padBytesMax);
    }
    this.cipher = new ChaChaPoly(key);
    this.random = new RandomPool(random);
    this.padBytesMax = padBytesMax;
    this.padSessionPackets = padSessionPackets;
  }

  /**
   * The key of a network (docs/wire/moss-transport.md, "Obfuscation").
   *
   * @param psk the pre-shared key, or {@code null} as always in era C
   */
  public static byte[] key(String sessionMeshId, byte @Nullable [] psk) {
    byte[] mesh = sessionMeshId.getBytes(StandardCharsets.UTF_8);
    byte[] info = "moss-obfs-v1".getBytes(StandardCharsets.US_ASCII);
    return Hkdf.sha256(psk == null ? mesh : psk, mesh, info, ChaChaPoly.KEY_BYTES);
  }

  @Override
  public int overheadBytes() {
    return MIN_DATAGRAM_BYTES;
  }

  @Override
  public int maxOverheadBytes() {
    return MIN_DATAGRAM_BYTES + padBytesMax;
  }

  @Override
  public int payloadOffset() {
    return PAYLOAD_OFFSET;
  }

  @Override
  public int seal(int kind, byte[] payload, int off, int len, byte[] out, int outOff) {
    random.nextBytes(nonce);
    int room = Math.max(0, MAX_DATAGRAM_BYTES - MIN_DATAGRAM_BYTES - len);
    int bound = kind == DatagramKind.PACKET && !padSessionPackets ? 0 : Math.min(padBytesMax, room);
    int padLength = bound == 0 ? 0 : random.nextUnsignedShort() % (bound + 1);
    // What the padding holds shows to nobody without the key, so it need not be random.
    return seal(kind, payload, off, len, nonce, padding, padLength, out, outOff);
  }

  /**
   * Writes a datagram with this nonce and padding; pure, for reproducing recorded ones.
   *
   * @return length of the datagram
   */
  public int seal(
      int kind,
      byte[] payload,
      int off,
      int len,
      byte[] nonce,
      byte[] pad,
      int padLength,
      byte[] out,
      int outOff) {
    int plainOffset = outOff + ChaChaPoly.NONCE_BYTES;
    System.arraycopy(payload, off, out, outOff + PAYLOAD_OFFSET, len);
    System.arraycopy(nonce, 0, out, outOff, ChaChaPoly.NONCE_BYTES);
    out[plainOffset] = (byte) kind;
    out[plainOffset + 1] = (byte) (padLength >>> 8);
    out[plainOffset + 2] = (byte) padLength;
    System.arraycopy(pad, 0, out, outOff + PAYLOAD_OFFSET + len, padLength);
    int plainLength = INNER_HEADER_BYTES + len + padLength;
    return ChaChaPoly.NONCE_BYTES
        + cipher.seal(nonce, NO_AAD, 0, 0, out, plainOffset, plainLength, out, plainOffset);
  }

  @Override
  public boolean open(byte[] datagram, int off, int len, DatagramView view) {
    if (len < MIN_DATAGRAM_BYTES) {
      return false;
    }
    System.arraycopy(datagram, off, nonce, 0, nonce.length);
    int plainOffset = off + nonce.length;
    int plainLength =
        cipher.open(
            nonce, NO_AAD, 0, 0, datagram, plainOffset, len - nonce.length, datagram, plainOffset);
    if (plainLength < INNER_HEADER_BYTES) {
      return false;
    }
    int padLength = (datagram[plainOffset + 1] & 0xff) << 8 | (datagram[plainOffset + 2] & 0xff);
    int payloadLength = plainLength - INNER_HEADER_BYTES - padLength;
    if (payloadLength < 0) {
      return false;
    }
    int payloadOffset = plainOffset + INNER_HEADER_BYTES;
    view.set(datagram[plainOffset] & 0xff, datagram, payloadOffset, payloadLength);
    return true;
  }
}
