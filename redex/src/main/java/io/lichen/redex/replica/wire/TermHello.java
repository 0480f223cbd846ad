// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;

/**
 * A member that may not vote yet asks another one for its term; and the answer.
 *
 * @param term of the sender
 * @param asks whether it is to be answered
 */
public record TermHello(long term, boolean asks) {
  public static final int TYPE = 0x29;

  private static final int ASKS = 1;
  private static final int BYTES = TermHeader.BYTES + 1;

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BYTES];
    TermHeader.begin(TYPE, logId, term, message).put(TermHeader.flag(asks, ASKS));
    return message;
  }

  /** Reads a message. */
  public static TermHello decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BYTES);
    long term = in.getLong();
    return new TermHello(term, TermHeader.isSet(in.get(), ASKS));
  }
}
