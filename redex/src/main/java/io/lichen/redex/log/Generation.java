// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The files of one generation, mapped: one writer appends, many readers read without a lock what
 * {@link #size} says is there. The mappings live until the last lease is given back.
 */
final class Generation {
  /** Live payloads of a log, in octets. */
  static final long MAX_DATA_BYTES = 3L << 30;

  private static final long FIRST_RECORDS = 1024;
  private static final long FIRST_DATA_BYTES = 1L << 16;
  private static final VarHandle RECORDS;
  private static final VarHandle DATA_BYTES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RECORDS = lookup.findVarHandle(Generation.class, "records", long.class);
      DATA_BYTES = lookup.findVarHandle(Generation.class, "dataBytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Arena arena;
  private final GrowingFile index;
  private final GrowingFile data;
  private final GrowingFile times;
  private final Positions positions;
  private final AtomicInteger leases = new AtomicInteger(1);
  private final long number;

  /** In the index, damaged ones included; published after a record's octets. */
  @SuppressWarnings("unused") // by its handle
  private long records;

  /** As many as were there when all were last forced. */
  private volatile long forcedRecords;

  /** In the data file, before the next payload. */
  private long dataBytes;

  private Generation(
      long number,
      Arena arena,
      GrowingFile index,
      GrowingFile data,
      GrowingFile times,
      Recovery.Result found) {
    this.number = number;
    this.arena = arena;
    this.index = index;
    this.data = data;
    this.times = times;
    this.positions = Positions.without(found.damaged());
    this.dataBytes = found.dataBytes();
    this.forcedRecords = found.records();
    RECORDS.setRelease(this, found.records());
  }

  /** A generation in memory, empty. */
  static Generation inMemory() throws IOException {
    return of(0, GenerationFiles.inMemory(), empty());
  }

  /** A generation on disk, empty: its directory is made, its files are. */
  static Generation create(Disk disk, Path directory, long number) throws IOException {
    disk.createDirectory(directory);
    return of(number, GenerationFiles.open(disk, directory), empty());
  }

  private static Recovery.Result empty() {
    return new Recovery.Result(0, 0, new long[0], 0, true, false);
  }

  /** A generation whose files were recovered; closes them if it fails. */
  static Generation of(long number, GenerationFiles files, Recovery.Result found)
      throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new Generation(
          number,
          arena,
          growing(files.index(), found.records(), IndexRecords.BYTES, arena),
          new GrowingFile(files.data(), found.dataBytes(), FIRST_DATA_BYTES, arena),
          growing(files.times(), found.records(), IndexRecords.TIMESTAMP_BYTES, arena),
          found);
    } catch (IOException | RuntimeException e) {
      arena.close();
      files.close();
      throw e;
    }
  }

  private static GrowingFile growing(DiskFile file, long records, long each, Arena arena)
      throws IOException {
    return new GrowingFile(file, records * each, FIRST_RECORDS * each, arena);
  }

  /** Its number; 0 in memory. */
  long number() {
    return number;
  }

  /** Takes a lease; false if the generation has ended. */
  boolean lease() {
    int now = leases.get();
    while (now > 0) {
      if (leases.compareAndSet(now, now + 1)) {
        return true;
      }
      now = leases.get();
    }
    return false;
  }

  /** Gives a lease back; the last one ends the mappings. */
  void release() {
    if (leases.decrementAndGet() == 0) {
      arena.close();
    }
  }

  /** Records that count. */
  long size() {
    return records() - positions.damaged();
  }

  /** Records in the index, damaged ones included. */
  long records() {
    return (long) RECORDS.getAcquire(this);
  }

  /** Octets of payloads, those of damaged records included; at least those of all {@link #size}. */
  long dataBytes() {
    return (long) DATA_BYTES.getOpaque(this);
  }

  Positions positions() {
    return positions;
  }

  MemorySegment index() {
    return index.bytes();
  }

  MemorySegment data() {
    return data.bytes();
  }

  MemorySegment times() {
    return times.bytes();
  }

  /** The number of a record that counts. */
  long seq(long number) {
    return IndexRecords.seq(index.bytes(), positions.of(number));
  }

  /** How many of the first so many records that count come before a sequence number. */
  long before(long seq, long size) {
    if (size == 0) {
      return 0;
    }
    long guess = seq - seq(0);
    if (Long.compareUnsigned(guess, size) < 0 && seq(guess) == seq) {
      return guess;
    }
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (Long.compareUnsigned(seq(middle), seq) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes room for records and their payloads; if that fails nothing has changed. Writer only. */
  void reserve(long moreRecords, long moreData) throws IOException {
    long after = (long) RECORDS.get(this) + moreRecords;
    data.withRoomFor(dataBytes + moreData);
    index.withRoomFor(after * IndexRecords.BYTES);
    times.withRoomFor(after * IndexRecords.TIMESTAMP_BYTES);
  }

  /**
   * Writes a record for which there is room, not to be seen before {@link #publish}. Writer only.
   *
   * @param ahead records written since the last publish
   */
  void putHeap(
      long ahead, long seq, byte[] payload, int offset, int length, int checksum, long unixNs) {
    long position = (long) RECORDS.get(this) + ahead;
    MemorySegment.copy(payload, offset, data.bytes(), ValueLayout.JAVA_BYTE, dataBytes, length);
    IndexRecords.putTimestamp(times.bytes(), position, unixNs);
    IndexRecords.putHeap(index.bytes(), position, seq, dataBytes, length, checksum);
    DATA_BYTES.setOpaque(this, dataBytes + length);
  }

  /** Writes a record whose payload lies in it, as {@link #putHeap}. */
  void putInline(long ahead, long seq, long payload, int checksum, long unixNs) {
    long position = (long) RECORDS.get(this) + ahead;
    IndexRecords.putTimestamp(times.bytes(), position, unixNs);
    IndexRecords.putInline(index.bytes(), position, seq, payload, checksum);
  }

  /** Shows readers so many more records. Writer only. */
  void publish(long more) {
    RECORDS.setRelease(this, (long) RECORDS.get(this) + more);
  }

  /** Appends records of another generation as they are, but for the place of their payloads. */
  void take(Generation from, long first, long end) throws IOException {
    MemorySegment source = from.index();
    for (long number = first; number < end; number++) {
      long position = from.positions.of(number);
      boolean isInline = IndexRecords.isInline(source, position);
      long length = isInline ? 0 : IndexRecords.rawLength(source, position);
      reserve(1, length);
      long to = (long) RECORDS.get(this);
      MemorySegment.copy(
          source,
          position * IndexRecords.BYTES,
          index.bytes(),
          to * IndexRecords.BYTES,
          IndexRecords.BYTES);
      if (!isInline) {
        long offset = IndexRecords.offset(source, position);
        MemorySegment.copy(from.data(), offset, data.bytes(), dataBytes, length);
        IndexRecords.putOffset(index.bytes(), to, dataBytes);
      }
      IndexRecords.putTimestamp(times.bytes(), to, IndexRecords.timestamp(from.times(), position));
      DATA_BYTES.setOpaque(this, dataBytes + length);
      publish(1);
    }
  }

  /**
   * Makes durable what was written, all files at once: a disk does that in less time than one after
   * the other. None of it may be relied upon before all is. One at a time.
   */
  void force() throws IOException {
    long written = records();
    List<CompletableFuture<Boolean>> forced =
        Stream.of(data, index, times).map(file -> Apart.start(file::force)).toList();
    IOException first = null;
    for (CompletableFuture<Boolean> one : forced) {
      try {
        Apart.await(one);
      } catch (IOException e) {
        first = e;
      }
    }
    if (first != null) {
      throw first;
    }
    forcedRecords = written;
  }

  /** Hides what was not forced. Writer only, and the last that it does. */
  void retract() {
    RECORDS.setRelease(this, forcedRecords);
  }

  /** Cuts the files to what was written and closes them; it can still be read. Writer only. */
  void end() throws IOException {
    long written = records();
    Closing.all(
        () -> data.end(dataBytes),
        () -> index.end(written * IndexRecords.BYTES),
        () -> times.end(written * IndexRecords.TIMESTAMP_BYTES));
  }
}
