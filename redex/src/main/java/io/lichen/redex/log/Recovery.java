// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;

/**
 * Finds out which records of a generation count, and cuts off what was torn, in the native's order
 * (docs/wire/redex-files.md, "Recovery"). Where the native would lose what is appended afterwards,
 * {@link Result#mustRewrite} says so.
 */
final class Recovery {
  /**
   * What was found.
   *
   * @param records in the index, damaged ones included
   * @param dataBytes in the data file
   * @param damaged positions of records that do not count, ascending
   * @param nextSeq after the last record that counts; 0 without one
   * @param knowsTimes whether each record has its time
   * @param mustRewrite whether the native would drop what follows these records
   */
  record Result(
      long records,
      long dataBytes,
      long[] damaged,
      long nextSeq,
      boolean knowsTimes,
      boolean mustRewrite) {}

  private final DiskFile indexFile;
  private final DiskFile dataFile;
  private final MemorySegment index;
  private final MemorySegment data;
  private long records;
  private long dataBytes;

  private Recovery(DiskFile indexFile, DiskFile dataFile, Arena arena) throws IOException {
    this.indexFile = indexFile;
    this.dataFile = dataFile;
    this.index = mapped(indexFile, arena);
    this.data = mapped(dataFile, arena);
    this.records = index.byteSize() / IndexRecords.BYTES;
    this.dataBytes = data.byteSize();
  }

  private static MemorySegment mapped(DiskFile file, Arena arena) throws IOException {
    long size = file.size();
    return size == 0 ? MemorySegment.NULL : file.map(size, arena);
  }

  /** Recovers a generation whose files are open. */
  static Result run(GenerationFiles files) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      return new Recovery(files.index(), files.data(), arena).run(files.times());
    }
  }

  private Result run(DiskFile times) throws IOException {
    dropBlank();
    dropTorn();
    if (records * IndexRecords.BYTES < index.byteSize()) {
      cutIndex();
    }
    cutData();
    boolean knowsTimes = times.size() / IndexRecords.TIMESTAMP_BYTES >= records;
    long[] damaged = findDamaged();
    long cut = findDisorder(Positions.without(damaged), records - damaged.length);
    boolean isDisordered = cut < records;
    if (isDisordered && damaged.length == 0) {
      records = cut;
      cutIndex();
    } else if (isDisordered) {
      LongStream before = LongStream.of(damaged).filter(position -> position < cut);
      damaged = LongStream.concat(before, LongStream.range(cut, records)).toArray();
    }
    return new Result(
        records,
        dataBytes,
        damaged,
        nextSeq(damaged),
        knowsTimes,
        isDisordered && damaged.length > 0);
  }

  /** What a killed writer had made room for; the native has no such records. */
  private void dropBlank() {
    while (records > 0 && IndexRecords.isBlank(index, records - 1)) {
      records--;
    }
  }

  /** From the end back to the first record whose payload is there: all others have lost theirs. */
  private void dropTorn() {
    for (long position = records - 1; position >= 0; position--) {
      if (!IndexRecords.isInline(index, position)) {
        if (end(position) <= dataBytes) {
          return;
        }
        records = position;
      }
    }
  }

  private long end(long position) {
    return IndexRecords.offset(index, position) + IndexRecords.rawLength(index, position);
  }

  private void cutIndex() throws IOException {
    indexFile.truncate(records * IndexRecords.BYTES);
    indexFile.force();
  }

  private void cutData() throws IOException {
    long end = 0;
    for (long position = 0; position < records; position++) {
      if (!IndexRecords.isInline(index, position)) {
        end = Math.max(end, end(position));
      }
    }
    if (end < dataBytes) {
      dataBytes = end;
      dataFile.truncate(dataBytes);
      dataFile.force();
    }
  }

  private long[] findDamaged() {
    LongStream.Builder damaged = LongStream.builder();
    for (long position = 0; position < records; position++) {
      if (!IndexRecords.isIntact(index, position, data, dataBytes)
          || IndexRecords.isTorn(index, position)) {
        damaged.add(position);
      }
    }
    return damaged.build().toArray();
  }

  /** The position of the first record whose number is not above its predecessor's. */
  private long findDisorder(Positions positions, long count) {
    for (long number = 1; number < count; number++) {
      long position = positions.of(number);
      long before = IndexRecords.seq(index, positions.of(number - 1));
      if (Long.compareUnsigned(IndexRecords.seq(index, position), before) <= 0) {
        return position;
      }
    }
    return records;
  }

  private long nextSeq(long[] damaged) {
    long count = records - damaged.length;
    return count == 0 ? 0 : IndexRecords.seq(index, Positions.without(damaged).of(count - 1)) + 1;
  }
}
