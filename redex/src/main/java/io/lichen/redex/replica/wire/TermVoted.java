// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/**
 * The answer to {@link TermVote}.
 *
 * @param term of the member that answers
 * @param isTrial whether it only would give its vote
 * @param isGranted whether it does
 * @param askedTerm the term that was asked for
 */
public record TermVoted(long term, boolean isTrial, boolean isGranted, long askedTerm) {
  public static final int TYPE = 0x28;

  private static final int TRIAL = 1;
  private static final int GRANTED = 2;
  private static final int BYTES = TermHeader.BYTES + 1 + Long.BYTES;

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BYTES];
    TermHeader.begin(TYPE, logId, term, message)
        .put((byte) (TermHeader.flag(isTrial, TRIAL) | TermHeader.flag(isGranted, GRANTED)))
        .putLong(askedTerm);
    return message;
  }

  /** Reads a message. */
  public static TermVoted decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BYTES);
    long term = in.getLong();
    byte flags = in.get();
    return new TermVoted(
        term, TermHeader.isSet(flags, TRIAL), TermHeader.isSet(flags, GRANTED), in.getLong());
  }
}
