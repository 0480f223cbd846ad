// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A peer's word that it can no longer reach a node (docs/wire/net-routing.md, "Withdrawal").
 * Immutable.
 *
 * @param dest who cannot be reached through the sender, unsigned
 * @param seq the sender's own number for it, unsigned, growing
 */
public record RouteWithdrawal(long dest, long seq) {
  /** Length in octets. */
  public static final int BYTES = 16;

  /**
   * Reads the readable octets, which are left as they are.
   *
   * @throws NetWireException if there are not exactly 16
   */
  public static RouteWithdrawal decode(ByteBuf in) throws NetWireException {
    if (in.readableBytes() != BYTES) {
      throw new NetWireException(
          "a route withdrawal has " + BYTES + " octets, not " + in.readableBytes());
    }
    int at = in.readerIndex();
    return new RouteWithdrawal(in.getLongLE(at), in.getLongLE(at + Long.BYTES));
  }

  /** The 16 octets. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(dest)
        .putLong(seq)
        .array();
  }
}
