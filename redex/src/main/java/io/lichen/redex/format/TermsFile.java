// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.format;

import io.lichen.crypto.Xxh3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lichen's own file beside a replicated log, which natives ignore: the term, the vote, and where
 * terms begin (docs/wire/redex-files.md, "lichen.terms").
 *
 * @param term the last one known, unsigned
 * @param vote whom this node voted for in it; 0 for nobody
 * @param boot when the log was last in use: {@link io.lichen.redex.disk.Disk#boot}
 * @param isInUse whether the log was not closed since
 * @param isForgetful whether the node may have forgotten votes and records
 * @param isIncomplete whether the node may have lost records that it acknowledged
 * @param starts where terms begin, ascending: pairs of a term and a sequence number
 */
public record TermsFile(
    long term,
    long vote,
    long boot,
    boolean isInUse,
    boolean isForgetful,
    boolean isIncomplete,
    List<long[]> starts) {
  private static final int MAGIC = 0x4D54524C;
  private static final int VERSION = 1;
  private static final int BASE_BYTES = 4 * Integer.BYTES + 3 * Long.BYTES;
  private static final int START_BYTES = 2 * Long.BYTES;
  private static final int IN_USE = 1;
  private static final int FORGETFUL = 2;
  private static final int INCOMPLETE = 4;

  /** The file. */
  public byte[] encode() {
    byte[] file = new byte[BASE_BYTES + starts.size() * START_BYTES + Long.BYTES];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).putLong(term).putLong(vote).putLong(boot);
    out.putInt(
        (isInUse ? IN_USE : 0) | (isForgetful ? FORGETFUL : 0) | (isIncomplete ? INCOMPLETE : 0));
    out.putInt(starts.size());
    starts.forEach(start -> out.putLong(start[0]).putLong(start[1]));
    out.putLong(Xxh3.hash(file, 0, out.position()));
    return file;
  }

  /** Reads a file; empty if it is none. */
  public static Optional<TermsFile> decode(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = file.length - Long.BYTES;
    if (end < BASE_BYTES
        || in.getLong(end) != Xxh3.hash(file, 0, end)
        || in.getInt() != MAGIC
        || in.getInt() != VERSION) {
      return Optional.empty();
    }
    long term = in.getLong();
    long vote = in.getLong();
    long boot = in.getLong();
    int flags = in.getInt();
    int count = in.getInt();
    if (count != (end - BASE_BYTES) / START_BYTES) {
      return Optional.empty();
    }
    List<long[]> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starts.add(new long[] {in.getLong(), in.getLong()});
    }
    return Optional.of(
        new TermsFile(
            term,
            vote,
            boot,
            (flags & IN_USE) != 0,
            (flags & FORGETFUL) != 0,
            (flags & INCOMPLETE) != 0,
            starts));
  }
}
