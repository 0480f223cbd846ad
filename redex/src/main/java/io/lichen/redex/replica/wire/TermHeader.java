// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/** What messages between members that keep terms begin with, behind the log's name. */
final class TermHeader {
  /** Octets up to a message's own fields. */
  static final int BYTES = SyncHeader.BYTES + 1 + Long.BYTES;

  private static final byte VERSION = 1;

  private TermHeader() {}

  /** A message to be filled. */
  static ByteBuffer begin(int type, byte[] logId, long term, byte[] message) {
    return SyncHeader.begin(type, logId, message).put(VERSION).putLong(term);
  }

  /** The octets of a message from its term on, of which message there are so many at least. */
  static ByteBuffer open(ByteBuffer message, int type, int bytes) throws SyncFault {
    ByteBuffer in = SyncHeader.open(message, type, bytes);
    in.position(in.position() + SyncHeader.LOG_ID_BYTES);
    byte version = in.get();
    if (version != VERSION) {
      throw new SyncFault(SyncFault.Reason.BAD_VERSION, version, VERSION);
    }
    return in;
  }

  static byte flag(boolean isSet, int flag) {
    return (byte) (isSet ? flag : 0);
  }

  static boolean isSet(byte flags, int flag) {
    return (flags & flag) != 0;
  }
}
