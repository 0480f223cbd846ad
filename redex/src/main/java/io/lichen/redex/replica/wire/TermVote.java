// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/**
 * A candidate asks for a vote.
 *
 * @param term that it wants to lead
 * @param isTrial whether it only asks whether it would get it
 * @param lastTerm of its log
 * @param nextSeq of its log
 */
public record TermVote(long term, boolean isTrial, long lastTerm, long nextSeq) {
  public static final int TYPE = 0x27;

  private static final int TRIAL = 1;
  private static final int BYTES = TermHeader.BYTES + 1 + 2 * Long.BYTES;

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BYTES];
    TermHeader.begin(TYPE, logId, term, message)
        .put(TermHeader.flag(isTrial, TRIAL))
        .putLong(lastTerm)
        .putLong(nextSeq);
    return message;
  }

  /** Reads a message. */
  public static TermVote decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BYTES);
    long term = in.getLong();
    byte flags = in.get();
    return new TermVote(term, TermHeader.isSet(flags, TRIAL), in.getLong(), in.getLong());
  }
}
