// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A leader says that it leads, and what its log is.
 *
 * @param term its term
 * @param wantsForced whether replicas are to force what they append
 * @param resigns whether it leads no longer
 * @param committedSeq all records before this number stay
 * @param nextSeq the number that its next record gets
 * @param firstSeq of its oldest record; {@code nextSeq} if it has none
 * @param stampNs its clock, to be echoed
 * @param terms where its terms begin, the last {@value #MAX_TERMS} of them, its own the last
 */
public record TermBeat(
    long term,
    boolean wantsForced,
    boolean resigns,
    long committedSeq,
    long nextSeq,
    long firstSeq,
    long stampNs,
    List<TermStart> terms) {
  public static final int TYPE = 0x24;

  /** More terms do not fit. */
  public static final int MAX_TERMS = 256;

  private static final int FORCED = 1;
  private static final int RESIGNS = 2;
  private static final int BASE_BYTES = TermHeader.BYTES + 1 + 4 * Long.BYTES + Short.BYTES;
  private static final int TERM_BYTES = 2 * Long.BYTES;

  /** Copies the list. */
  public TermBeat {
    terms = List.copyOf(terms);
  }

  /** The message. */
  public byte[] encode(byte[] logId) {
    byte[] message = new byte[BASE_BYTES + terms.size() * TERM_BYTES];
    ByteBuffer out = TermHeader.begin(TYPE, logId, term, message);
    out.put((byte) (TermHeader.flag(wantsForced, FORCED) | TermHeader.flag(resigns, RESIGNS)));
    out.putLong(committedSeq).putLong(nextSeq).putLong(firstSeq).putLong(stampNs);
    out.putShort((short) terms.size());
    terms.forEach(start -> out.putLong(start.term()).putLong(start.seq()));
    return message;
  }

  /** Reads a message. */
  public static TermBeat decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BASE_BYTES);
    long term = in.getLong();
    byte flags = in.get();
    long committedSeq = in.getLong();
    long nextSeq = in.getLong();
    long firstSeq = in.getLong();
    long stampNs = in.getLong();
    int count = Short.toUnsignedInt(in.getShort());
    SyncHeader.require(in, (long) count * TERM_BYTES);
    List<TermStart> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terms.add(new TermStart(in.getLong(), in.getLong()));
    }
    requireAscending(terms, term, nextSeq);
    return new TermBeat(
        term,
        TermHeader.isSet(flags, FORCED),
        TermHeader.isSet(flags, RESIGNS),
        committedSeq,
        nextSeq,
        firstSeq,
        stampNs,
        terms);
  }

  private static void requireAscending(List<TermStart> terms, long term, long nextSeq)
      throws SyncFault {
    boolean holds = !terms.isEmpty() && terms.getLast().term() == term;
    for (int i = 1; i < terms.size(); i++) {
      holds &=
          Long.compareUnsigned(terms.get(i - 1).term(), terms.get(i).term()) < 0
              && Long.compareUnsigned(terms.get(i - 1).seq(), terms.get(i).seq()) <= 0;
    }
    if (!holds || Long.compareUnsigned(terms.getLast().seq(), nextSeq) > 0) {
      throw new SyncFault(SyncFault.Reason.BAD_VALUE, terms.size(), 0);
    }
  }
}
