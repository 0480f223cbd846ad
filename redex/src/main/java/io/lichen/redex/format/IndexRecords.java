// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.format;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lichen.crypto.Xxh3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The records of an index: 20 octets each, little-endian (docs/wire/redex-files.md, "Index").
 * Positions count records; nothing is checked but bounds.
 */
public final class IndexRecords {
  /** Octets of a record. */
  public static final int BYTES = 20;

  /** Octets of a payload that lies in its record. */
  public static final int INLINE_BYTES = 8;

  /** Octets of a record's time. */
  public static final int TIMESTAMP_BYTES = 8;

  /** Largest offset of a payload. */
  public static final long MAX_OFFSET = 0xFFFF_FFFFL;

  private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** The least that a disk writes as a whole. */
  private static final int SECTOR_BYTES = 512;

  private static final int CONTENT = 8;
  private static final int LENGTH = 12;
  private static final int FLAGS = 16;
  private static final int INLINE_FLAG = 0x8000_0000;
  private static final int CHECKSUM_MASK = 0x0FFF_FFFF;

  private IndexRecords() {}

  /** The checksum of a payload: 28 bits. */
  public static int checksum(byte[] payload, int offset, int length) {
    return (int) Xxh3.hash(payload, offset, length) & CHECKSUM_MASK;
  }

  /** The checksum of a payload: 28 bits. */
  public static int checksum(MemorySegment bytes, long offset, long length) {
    return (int) Xxh3.hash(bytes, offset, length) & CHECKSUM_MASK;
  }

  /** Writes the record of a payload that lies in the data file. */
  public static void putHeap(
      MemorySegment index, long position, long seq, long offset, int length, int checksum) {
    long at = position * BYTES;
    index.set(LONG, at, seq);
    index.set(INT, at + CONTENT, (int) offset);
    index.set(INT, at + LENGTH, length);
    index.set(INT, at + FLAGS, checksum);
  }

  /**
   * Writes the record of a payload of 8 octets that lies in it.
   *
   * @param payload the octets as a little-endian number
   */
  public static void putInline(
      MemorySegment index, long position, long seq, long payload, int checksum) {
    long at = position * BYTES;
    index.set(LONG, at, seq);
    index.set(LONG, at + CONTENT, payload);
    index.set(INT, at + FLAGS, checksum | INLINE_FLAG);
  }

  /** The octets of an inline payload as {@link #putInline} takes them. */
  public static long inlinePayload(byte[] payload) {
    return MemorySegment.ofArray(payload).get(LONG, 0);
  }

  /** The sequence number. */
  public static long seq(MemorySegment index, long position) {
    return index.get(LONG, position * BYTES);
  }

  /** Whether the payload lies in the record. */
  public static boolean isInline(MemorySegment index, long position) {
    return (index.get(INT, position * BYTES + FLAGS) & INLINE_FLAG) != 0;
  }

  /** What the record says the checksum is. */
  public static int checksum(MemorySegment index, long position) {
    return index.get(INT, position * BYTES + FLAGS) & CHECKSUM_MASK;
  }

  /** Where a payload that is not inline begins in the data file. */
  public static long offset(MemorySegment index, long position) {
    return Integer.toUnsignedLong(index.get(INT, position * BYTES + CONTENT));
  }

  /** Moves the payload of a record that is not inline. */
  public static void putOffset(MemorySegment index, long position, long offset) {
    index.set(INT, position * BYTES + CONTENT, (int) offset);
  }

  /** Length of the payload if it is not inline; of an inline one octets 4 to 7 as a number. */
  public static long rawLength(MemorySegment index, long position) {
    return Integer.toUnsignedLong(index.get(INT, position * BYTES + LENGTH));
  }

  /** The octets of the payload: of the record itself, or of the data file. */
  public static MemorySegment payload(MemorySegment index, long position, MemorySegment data) {
    return isInline(index, position)
        ? index.asSlice(position * BYTES + CONTENT, INLINE_BYTES)
        : data.asSlice(offset(index, position), rawLength(index, position));
  }

  /** Whether the payload lies within so much data and its checksum is right. */
  public static boolean isIntact(
      MemorySegment index, long position, MemorySegment data, long dataBytes) {
    int expected = checksum(index, position);
    if (isInline(index, position)) {
      return checksum(index, position * BYTES + CONTENT, INLINE_BYTES) == expected;
    }
    long offset = offset(index, position);
    long length = rawLength(index, position);
    return offset + length <= dataBytes && checksum(data, offset, length) == expected;
  }

  /** Whether the record was never written: no record of the native consists of zeros. */
  public static boolean isBlank(MemorySegment index, long position) {
    long at = position * BYTES;
    return index.get(INT, at + FLAGS) == 0
        && index.get(LONG, at) == 0
        && index.get(LONG, at + CONTENT) == 0;
  }

  /**
   * Whether a failure of power kept the end of the record and not its beginning, which lies in
   * another sector: then that is zero like what comes before, and the record would count, as number
   * 0, if its payload is where it says.
   */
  public static boolean isTorn(MemorySegment index, long position) {
    long at = position * BYTES;
    long before = SECTOR_BYTES - at % SECTOR_BYTES;
    if (position == 0 || before >= BYTES || !isBlank(index, position - 1)) {
      return false;
    }
    for (long lost = 0; lost < before; lost += Integer.BYTES) {
      if (index.get(INT, at + lost) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A record's time, in nanoseconds of Unix time. */
  public static long timestamp(MemorySegment times, long position) {
    return times.get(LONG, position * TIMESTAMP_BYTES);
  }

  /** Writes a record's time, in nanoseconds of Unix time. */
  public static void putTimestamp(MemorySegment times, long position, long unixNs) {
    times.set(LONG, position * TIMESTAMP_BYTES, unixNs);
  }
}
