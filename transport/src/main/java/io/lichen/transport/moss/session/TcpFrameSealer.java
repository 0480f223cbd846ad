// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.moss.codec.MuxPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Seals payloads into the session frames of one direction of one TCP session: {@code u32be length ‖
 * AEAD(mux packet)}, nonces counted implicitly (docs/wire/moss-transport.md, "Session frames"). Not
 * thread-safe.
 */
public final class TcpFrameSealer {
  /** Octets of the length in front of a frame. */
  public static final int LENGTH_BYTES = 4;

  /** Octets that a frame adds to its payload. */
  public static final int OVERHEAD_BYTES =
      LENGTH_BYTES + MuxPacket.HEADER_BYTES + ChaChaPoly.TAG_BYTES;

  private static final VarHandle INT_BE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NO_AAD = {};

  private final ChaChaPoly cipher;
  private long counter;

  /** A sealer at counter 0. */
  public TcpFrameSealer(byte[] key) {
    cipher = new ChaChaPoly(key);
  }

  /**
   * Writes one frame, which is {@code payload.length + OVERHEAD_BYTES} octets long.
   *
   * @param streamId an unsigned 32-bit number
   * @return octets written
   * @throws IndexOutOfBoundsException if it does not fit
   */
  public int seal(int streamId, byte[] payload, byte[] out, int outOff) {
    int bodyOffset = outOff + LENGTH_BYTES;
    int packetLength = MuxPacket.write(streamId, payload, out, bodyOffset);
    int bodyLength =
        cipher.seal(counter, NO_AAD, 0, 0, out, bodyOffset, packetLength, out, bodyOffset);
    counter++;
    INT_BE.set(out, outOff, bodyLength);
    return LENGTH_BYTES + bodyLength;
  }
}
