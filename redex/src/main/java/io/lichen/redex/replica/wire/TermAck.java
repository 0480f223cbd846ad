// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/**
 * A replica says how far it is with a leader's log.
 *
 * @param term its term
 * @param isAligned whether its log is the leader's up to the leader's own term and on
 * @param wantsRecords whether it takes records
 * @param hasGap whether something came that it cannot append yet
 * @param nextSeq the number of the record that it lacks
 * @param offset how much of that record it has
 * @param durableSeq all records before this number were forced
 * @param stampNs of the last beat
 */
public record TermAck(
    long term,
    boolean isAligned,
    boolean wantsRecords,
    boolean hasGap,
    long nextSeq,
    int offset,
    long durableSeq,
    long stampNs) {
  public static final int TYPE = 0x26;

  private static final int ALIGNED = 1;
  private static final int WANTS = 2;
  private static final int GAP = 4;
  private static final int BYTES = TermHeader.BYTES + 1 + 3 * Long.BYTES + Integer.BYTES;

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BYTES];
    int flags =
        TermHeader.flag(isAligned, ALIGNED)
            | TermHeader.flag(wantsRecords, WANTS)
            | TermHeader.flag(hasGap, GAP);
    TermHeader.begin(TYPE, logId, term, message)
        .put((byte) flags)
        .putLong(nextSeq)
        .putInt(offset)
        .putLong(durableSeq)
        .putLong(stampNs);
    return message;
  }

  /** Reads a message. */
  public static TermAck decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BYTES);
    long term = in.getLong();
    byte flags = in.get();
    return new TermAck(
        term,
        TermHeader.isSet(flags, ALIGNED),
        TermHeader.isSet(flags, WANTS),
        TermHeader.isSet(flags, GAP),
        in.getLong(),
        in.getInt(),
        in.getLong(),
        in.getLong());
  }
}
