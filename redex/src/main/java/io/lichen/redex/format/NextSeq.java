// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.format;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;

/**
 * Lichen's own file beside a log's, which natives ignore: the sequence number that comes next, so
 * that none is given twice where the last records were evicted or damaged
 * (docs/wire/redex-files.md, "lichen.seq").
 */
public final class NextSeq {
  /** Octets of the file. */
  public static final int BYTES = 24;

  private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final int MAGIC = 0x5153524C;
  private static final int VERSION = 1;
  private static final int SEQ = 8;
  private static final int AGAIN = 16;

  private NextSeq() {}

  /** Begins a file. */
  public static void init(MemorySegment file, long nextSeq) {
    file.set(INT, 0, MAGIC);
    file.set(INT, Integer.BYTES, VERSION);
    put(file, nextSeq);
  }

  /** Notes another number in a file that was begun. */
  public static void put(MemorySegment file, long nextSeq) {
    file.set(LONG, SEQ, nextSeq);
    file.set(LONG, AGAIN, ~nextSeq);
  }

  /**
   * The number, unsigned; empty if the file is none, or was being written when its writer ended.
   */
  public static OptionalLong get(MemorySegment file) {
    if (file.byteSize() < BYTES || file.get(INT, 0) != MAGIC) {
      return OptionalLong.empty();
    }
    long seq = file.get(LONG, SEQ);
    return file.get(INT, Integer.BYTES) == VERSION && file.get(LONG, AGAIN) == ~seq
        ? OptionalLong.of(seq)
        : OptionalLong.empty();
  }
}
