// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A leader passes records on, the last one of a message perhaps in part.
 *
 * @param term its term
 * @param committedSeq all records before this number stay
 * @param afterGap whether the leader has no record between the one before and the first
 * @param firstSeq number of the first record
 * @param firstOffset how much of the first record went before
 * @param pieces the records, consecutive
 */
public record TermAppend(
    long term,
    long committedSeq,
    boolean afterGap,
    long firstSeq,
    int firstOffset,
    List<Piece> pieces) {
  public static final int TYPE = 0x25;

  /** Octets of a message besides its pieces. */
  public static final int BASE_BYTES =
      TermHeader.BYTES + 1 + 2 * Long.BYTES + Integer.BYTES + Short.BYTES;

  /** Octets of a piece besides its content. */
  public static final int PIECE_BYTES = 2 * Integer.BYTES;

  private static final int AFTER_GAP = 1;
  private static final int INLINE = 0x8000_0000;

  /**
   * A record, or a part of one.
   *
   * @param length of the record
   * @param isInline whether it lies in the index
   * @param content what there is of it here
   */
  public record Piece(int length, boolean isInline, byte[] content) {}

  /** Copies the list. */
  public TermAppend {
    pieces = List.copyOf(pieces);
  }

  /** The message. */
  public byte[] encode(byte[] logId) {
    int bytes = BASE_BYTES;
    for (Piece piece : pieces) {
      bytes += PIECE_BYTES + piece.content.length;
    }
    byte[] message = new byte[bytes];
    ByteBuffer out = TermHeader.begin(TYPE, logId, term, message);
    out.put(TermHeader.flag(afterGap, AFTER_GAP)).putLong(committedSeq).putLong(firstSeq);
    out.putInt(firstOffset).putShort((short) pieces.size());
    for (Piece piece : pieces) {
      out.putInt(piece.length | (piece.isInline ? INLINE : 0));
      out.putInt(piece.content.length).put(piece.content);
    }
    return message;
  }

  /** Reads a message. */
  public static TermAppend decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = TermHeader.open(message, TYPE, BASE_BYTES);
    long term = in.getLong();
    byte flags = in.get();
    long committedSeq = in.getLong();
    long firstSeq = in.getLong();
    int firstOffset = in.getInt();
    int count = Short.toUnsignedInt(in.getShort());
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(piece(in, i == 0 ? firstOffset : 0, i == count - 1));
    }
    return new TermAppend(
        term, committedSeq, TermHeader.isSet(flags, AFTER_GAP), firstSeq, firstOffset, pieces);
  }

  private static Piece piece(ByteBuffer in, int offset, boolean isLast) throws SyncFault {
    SyncHeader.require(in, PIECE_BYTES);
    int word = in.getInt();
    int length = word & ~INLINE;
    boolean isInline = (word & INLINE) != 0;
    long there = Integer.toUnsignedLong(in.getInt());
    SyncHeader.require(in, there);
    long end = offset + there;
    boolean isWhole = end == length;
    if (offset < 0 || end > length || (!isWhole && !isLast) || (isInline && length != Long.BYTES)) {
      throw new SyncFault(SyncFault.Reason.BAD_VALUE, there, length);
    }
    return new Piece(length, isInline, SyncHeader.octets(in, (int) there));
  }
}
