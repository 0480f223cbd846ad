// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A datagram that opens the sender's NAT for its receiver (docs/wire/net-nat.md, "Keep-alives").
 * Plain, and nobody has signed it: anybody may claim to be the sender. Immutable.
 *
 * @param sender its node id, unsigned
 * @param punchId 0 in practice
 */
public record KeepAlive(long sender, int punchId) {
  /** Length in octets. */
  public static final int BYTES = 14;

  private static final short MAGIC = 0x4850;

  /**
   * Reads the readable octets, which are left as they are.
   *
   * @throws NetWireException if there are not exactly 14, or they begin otherwise
   */
  public static KeepAlive decode(ByteBuf in) throws NetWireException {
    int at = in.readerIndex();
    if (in.readableBytes() != BYTES || in.getShortLE(at) != MAGIC) {
      throw new NetWireException(
          "a keep-alive has "
              + BYTES
              + " octets and begins with 50 48, not so one of "
              + in.readableBytes());
    }
    int senderAt = at + Short.BYTES;
    return new KeepAlive(in.getLongLE(senderAt), in.getIntLE(senderAt + Long.BYTES));
  }

  /** The 14 octets. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(MAGIC)
        .putLong(sender)
        .putInt(punchId)
        .array();
  }
}
