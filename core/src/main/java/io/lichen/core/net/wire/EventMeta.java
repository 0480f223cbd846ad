// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.lichen.crypto.Xxh3;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 24 octets before an event of the layers above: what it is, whose, and which
 * (docs/wire/net-capabilities.md, "Event meta"). Immutable.
 *
 * @param dispatch what the event is, 0 to 255; 0 is raw
 * @param flags 0 to 255
 * @param originHash who made it, unsigned
 * @param seqOrTime a counter of the origin or Unix nanoseconds, as the file it goes to has it
 * @param checksum of the event, see {@link #checksumOf} and {@link #checksumWith}; 0 for calls
 */
public record EventMeta(int dispatch, int flags, long originHash, long seqOrTime, int checksum) {
  /** Length in octets. */
  public static final int BYTES = 24;

  private static final int ORIGIN_OFFSET = 4;
  private static final int SEQ_OFFSET = 12;
  private static final int CHECKSUM_OFFSET = 20;

  /**
   * Reads the first readable octets, which are left as they are. The two between flags and origin
   * are not looked at.
   *
   * @throws NetWireException if there are fewer than 24
   */
  public static EventMeta decode(ByteBuf in) throws NetWireException {
    if (in.readableBytes() < BYTES) {
      throw new NetWireException(
          "event meta has " + BYTES + " octets, but " + in.readableBytes() + " are left");
    }
    int at = in.readerIndex();
    return new EventMeta(
        in.getUnsignedByte(at),
        in.getUnsignedByte(at + 1),
        in.getLongLE(at + ORIGIN_OFFSET),
        in.getLongLE(at + SEQ_OFFSET),
        in.getIntLE(at + CHECKSUM_OFFSET));
  }

  /** The 24 octets. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, (byte) dispatch)
        .put(1, (byte) flags)
        .putLong(ORIGIN_OFFSET, originHash)
        .putLong(SEQ_OFFSET, seqOrTime)
        .putInt(CHECKSUM_OFFSET, checksum)
        .array();
  }

  /** The checksum of the older form, which covers what follows the meta alone. */
  public static int checksumOf(byte[] tail) {
    return (int) Xxh3.hash(tail);
  }

  /** The checksum of the newer form: over this meta, with its checksum left 0, and the tail. */
  public int checksumWith(byte[] tail) {
    byte[] meta = new EventMeta(dispatch, flags, originHash, seqOrTime, 0).encode();
    return (int) Xxh3.hash(ByteBuffer.allocate(BYTES + tail.length).put(meta).put(tail).array());
  }
}
