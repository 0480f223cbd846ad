// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/**
 * A replica asks for the digest of a range of records, or a leader answers.
 *
 * @param term of the sender
 * @param isAnswer whether it is the answer
 * @param fromSeq the first record
 * @param toSeq the number after the last one
 * @param digest of the records, in an answer; else 0
 */
public record TermDigest(long term, boolean isAnswer, long fromSeq, long toSeq, long digest) {
  public static final int TYPE = 0x2A;

  private static final int ANSWER = 1;
  private static final int BYTES = TermHeader.BYTES + 1 + 3 * Long.BYTES;

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BYTES];
    TermHeader.begin(TYPE, logId, term, message)
        .put(TermHeader.flag(isAnswer, ANSWER))
        .putLong(fromSeq)
        .putLong(toSeq)
        .putLong(digest);
    return message;
  }

  /** Reads a message. */
  public static TermDigest decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BYTES);
    long term = in.getLong();
    byte flags = in.get();
    return new TermDigest(
        term, TermHeader.isSet(flags, ANSWER), in.getLong(), in.getLong(), in.getLong());
  }
}
