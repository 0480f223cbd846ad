// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.moss.codec.MuxPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Seals payloads into session packets of one direction of one UDP session: {@code seq u64be ‖
 * AEAD(mux packet)} with the sequence number as AAD (docs/wire/moss-transport.md, "Session
 * packets"). Not thread-safe.
 */
public final class UdpPacketSealer {
  /** Octets of the sequence number in front. */
  public static final int SEQUENCE_BYTES = 8;

  /** Octets that a packet adds to its payload. */
  public static final int OVERHEAD_BYTES =
      SEQUENCE_BYTES + MuxPacket.HEADER_BYTES + ChaChaPoly.TAG_BYTES;

  static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ChaChaPoly cipher;
  private long sequence;

  /** A sealer at sequence number 0. */
  public UdpPacketSealer(byte[] key) {
    cipher = new ChaChaPoly(key);
  }

  /**
   * Writes one packet, which is {@code payload.length + OVERHEAD_BYTES} octets long.
   *
   * @param streamId an unsigned 32-bit number
   * @return octets written
   * @throws IndexOutOfBoundsException if it does not fit
   */
  public int seal(int streamId, byte[] payload, byte[] out, int outOff) {
    LONG_BE.set(out, outOff, sequence);
    int bodyOffset = outOff + SEQUENCE_BYTES;
    int packetLength = MuxPacket.write(streamId, payload, out, bodyOffset);
    return seal(packetLength, out, outOff);
  }

  /**
   * Writes a packet with nothing in it, not even a mux header: it shows that the session stands,
   * and everybody ignores it otherwise.
   *
   * @return octets written
   */
  public int sealNothing(byte[] out, int outOff) {
    LONG_BE.set(out, outOff, sequence);
    return seal(0, out, outOff);
  }

  private int seal(int packetLength, byte[] out, int outOff) {
    int bodyOffset = outOff + SEQUENCE_BYTES;
    int bodyLength =
        cipher.seal(
            sequence, out, outOff, SEQUENCE_BYTES, out, bodyOffset, packetLength, out, bodyOffset);
    sequence++;
    return SEQUENCE_BYTES + bodyLength;
  }
}
