// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The plaintext of one session packet: a stream id, then the payload (docs/wire/moss-transport.md,
 * "Multiplexer"). Stateless.
 */
public final class MuxPacket {
  /** Length of the stream id in front of the payload. */
  public static final int HEADER_BYTES = 4;

  /** The one stream that the mesh uses, in both directions. */
  public static final int MESH_STREAM = 1;

  private static final VarHandle INT_BE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private MuxPacket() {}

  /** A whole packet; the stream id is an unsigned 32-bit number. */
  public static byte[] encode(int streamId, byte[] payload) {
    byte[] packet = new byte[HEADER_BYTES + payload.length];
    write(streamId, payload, packet, 0);
    return packet;
  }

  /**
   * Writes a packet into an array.
   *
   * @return octets written
   * @throws IndexOutOfBoundsException if it does not fit
   */
  public static int write(int streamId, byte[] payload, byte[] out, int outOff) {
    INT_BE.set(out, outOff, streamId);
    System.arraycopy(payload, 0, out, outOff + HEADER_BYTES, payload.length);
    return HEADER_BYTES + payload.length;
  }

  /**
   * The stream id of a packet of at least {@link #HEADER_BYTES} octets, as an unsigned number in an
   * {@code int}.
   */
  public static int streamId(byte[] packet, int offset) {
    return (int) INT_BE.get(packet, offset);
  }
}
