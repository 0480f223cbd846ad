// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import io.lichen.redex.replica.ReplicationLink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** What all messages begin with: the subprotocol, the type, the log (little-endian). */
public final class SyncHeader {
  /** Octets that name a log. */
  public static final int LOG_ID_BYTES = 32;

  /** Octets up to the log's name. */
  static final int PREFIX_BYTES = 3;

  /** Octets up to a message's own fields. */
  static final int BYTES = PREFIX_BYTES + LOG_ID_BYTES;

  private SyncHeader() {}

  /** A message's type, or empty if it is too short or another subprotocol's. */
  public static OptionalInt type(ByteBuffer message) {
    ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    boolean isOurs =
        in.remaining() >= PREFIX_BYTES && in.getShort(0) == ReplicationLink.SUBPROTOCOL_ID;
    return isOurs ? OptionalInt.of(Byte.toUnsignedInt(in.get(2))) : OptionalInt.empty();
  }

  /** The name of the log that a message is about; shorter if the message is. */
  public static byte[] logIdOf(ByteBuffer message) {
    ByteBuffer in = message.slice();
    int end = Math.min(in.remaining(), BYTES);
    return end <= PREFIX_BYTES
        ? new byte[0]
        : octets(in.position(PREFIX_BYTES), end - PREFIX_BYTES);
  }

  /** A message of this type to be filled. */
  static ByteBuffer begin(int type, byte[] logId, int bytes) {
    return begin(type, logId, new byte[bytes]);
  }

  /** The same in octets that there are. */
  static ByteBuffer begin(int type, byte[] logId, byte[] message) {
    ByteBuffer out = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    return out.putShort((short) ReplicationLink.SUBPROTOCOL_ID).put((byte) type).put(logId);
  }

  /** The octets of a message behind its type, of which there are so many in all. */
  static ByteBuffer open(ByteBuffer message, int type, int bytes) throws SyncFault {
    ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    require(in, PREFIX_BYTES);
    int subprotocol = Short.toUnsignedInt(in.getShort());
    if (subprotocol != ReplicationLink.SUBPROTOCOL_ID) {
      throw new SyncFault(
          SyncFault.Reason.SUBPROTOCOL_MISMATCH, subprotocol, ReplicationLink.SUBPROTOCOL_ID);
    }
    int got = Byte.toUnsignedInt(in.get());
    if (got != type) {
      throw new SyncFault(SyncFault.Reason.DISPATCH_MISMATCH, got, type);
    }
    require(in, bytes - PREFIX_BYTES);
    return in;
  }

  /** Refuses unless so many octets follow. */
  static void require(ByteBuffer in, long bytes) throws SyncFault {
    if (in.remaining() < bytes) {
      throw new SyncFault(SyncFault.Reason.TRUNCATED, in.limit(), in.position() + bytes);
    }
  }

  static byte[] logId(ByteBuffer in) {
    return octets(in, LOG_ID_BYTES);
  }

  static byte[] octets(ByteBuffer in, int count) {
    byte[] octets = new byte[count];
    in.get(octets);
    return octets;
  }
}
