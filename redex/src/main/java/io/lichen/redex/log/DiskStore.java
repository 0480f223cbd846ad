// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.format.IndexRecords;
import io.lichen.redex.format.NextSeq;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** A log's directory on disk, opened as the native opens it (docs/wire/redex-files.md). */
final class DiskStore implements LogStore {
  private final LogDirectory directory;
  private final LongSupplier unixNs;
  private final Arena arena = Arena.ofShared();
  private final DiskFile nextSeqFile;
  private final MemorySegment nextSeq;

  /** Takes a directory, which is made if it is missing. */
  DiskStore(Disk disk, Path path, LongSupplier unixNs) throws IOException {
    this.directory = new LogDirectory(disk, path);
    this.unixNs = unixNs;
    directory.create();
    this.nextSeqFile = disk.open(path.resolve(LogDirectory.NEXT_SEQ));
    this.nextSeq = mapped(nextSeqFile, arena);
  }

  private static MemorySegment mapped(DiskFile file, Arena arena) throws IOException {
    try {
      return file.map(NextSeq.BYTES, arena);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Opened open() throws IOException {
    long number = directory.choose();
    Path path = directory.of(number);
    Disk disk = directory.disk();
    GenerationFiles files = GenerationFiles.open(disk, path);
    Recovery.Result found = recovered(files, path);
    Generation live = Generation.of(number, files, found);
    if (!isReadOnly()) {
      makeUpTimes(live, found.knowsTimes());
      directory.sweep(number);
    }
    long next = later(found.nextSeq(), NextSeq.get(nextSeq));
    if (!isReadOnly()) {
      NextSeq.init(nextSeq, next);
    }
    return new Opened(live, next, found.mustRewrite() && !isReadOnly());
  }

  /** The number that comes next in a log that is only looked at. */
  static long next(Recovery.Result found, Disk disk, Path path) throws IOException {
    Path file = path.resolve(LogDirectory.NEXT_SEQ);
    return disk.isFile(file)
        ? later(found.nextSeq(), NextSeq.get(MemorySegment.ofArray(disk.read(file))))
        : found.nextSeq();
  }

  private static long later(long found, OptionalLong noted) {
    return noted.isPresent() && Long.compareUnsigned(noted.getAsLong(), found) > 0
        ? noted.getAsLong()
        : found;
  }

  private Recovery.Result recovered(GenerationFiles files, Path path) throws IOException {
    try {
      directory.disk().forceDirectory(path);
      return Recovery.run(files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * Records whose times were lost count as appended now. Of a machine that failed a record may be
   * left and its time be the zero that was there before: it would be older than any limit, and take
   * all before it along.
   */
  private void makeUpTimes(Generation live, boolean knowsTimes) {
    long now = unixNs.getAsLong();
    for (long position = 0; position < live.records(); position++) {
      if (!knowsTimes || IndexRecords.timestamp(live.times(), position) == 0) {
        IndexRecords.putTimestamp(live.times(), position, now);
      }
    }
  }

  @Override
  public Generation begin(Generation before) throws IOException {
    long number = LogDirectory.after(before.number());
    Path path = directory.of(number);
    directory.disk().delete(path);
    return Generation.create(directory.disk(), path, number);
  }

  @Override
  public void commit(Generation next) throws IOException {
    directory.disk().forceDirectory(directory.of(next.number()));
    directory.name(next.number());
  }

  @Override
  public void requireThere(Generation live) throws IOException {
    Path index = directory.of(live.number()).resolve(LogDirectory.INDEX);
    if (!directory.disk().isFile(index)) {
      throw new NoSuchFileException(index.toString(), null, "somebody removed the log's files");
    }
  }

  @Override
  public void sweep(Generation live) {
    directory.sweep(live.number());
  }

  @Override
  public void noteNextSeq(long seq) {
    NextSeq.put(nextSeq, seq);
  }

  @Override
  public void forceNextSeq(long seq) throws IOException {
    NextSeq.put(nextSeq, seq);
    nextSeqFile.force();
  }

  @Override
  public Optional<byte[]> readTerms() throws IOException {
    Path file = directory.path().resolve(LogDirectory.TERMS);
    return directory.disk().isFile(file)
        ? Optional.of(directory.disk().read(file))
        : Optional.empty();
  }

  @Override
  public void writeTerms(byte[] terms) throws IOException {
    directory.replace(LogDirectory.TERMS, LogDirectory.TERMS_NEXT, terms);
  }

  @Override
  public long boot() {
    return directory.disk().boot();
  }

  @Override
  public boolean isReadOnly() {
    return directory.disk().isReadOnly();
  }

  @Override
  public void close() throws IOException {
    Closing.all(nextSeqFile::force, nextSeqFile, arena);
  }
}
