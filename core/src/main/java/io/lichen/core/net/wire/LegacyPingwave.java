// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 24-octet pingwave of the natives' older swarm code. No mesh node sends or takes it; it is
 * known so that it can be told from noise (docs/wire/net-routing.md, "The short form"). Immutable.
 *
 * @param origin id of who emitted it first, unsigned
 * @param seq its number there, unsigned
 * @param ttl how many more times it may be passed on, 0 to 255
 * @param hopCount how many times it was passed on, 0 to 255
 */
public record LegacyPingwave(long origin, long seq, int ttl, int hopCount) {
  /** Length in octets. */
  public static final int BYTES = 24;

  private static final int SEQ_OFFSET = 8;
  private static final int TTL_OFFSET = 16;
  private static final int HOP_COUNT_OFFSET = 17;

  /**
   * Reads the readable octets, which are left as they are; the last six are not looked at.
   *
   * @throws NetWireException if there are not exactly 24
   */
  public static LegacyPingwave decode(ByteBuf in) throws NetWireException {
    if (in.readableBytes() != BYTES) {
      throw new NetWireException(
          "a short pingwave has " + BYTES + " octets, not " + in.readableBytes());
    }
    int at = in.readerIndex();
    return new LegacyPingwave(
        in.getLongLE(at),
        in.getLongLE(at + SEQ_OFFSET),
        in.getUnsignedByte(at + TTL_OFFSET),
        in.getUnsignedByte(at + HOP_COUNT_OFFSET));
  }

  /** The 24 octets. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(origin)
        .putLong(seq)
        .put((byte) ttl)
        .put((byte) hopCount)
        .array();
  }
}
