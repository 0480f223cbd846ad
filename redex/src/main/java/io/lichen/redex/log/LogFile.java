// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.Durability;
import io.lichen.redex.RecordVisitor;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import io.lichen.redex.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** A log: the way of each call to the part that answers it. */
public final class LogFile implements RedexFile {
  private final LogState state;
  private final Appender appender;
  private final Reader reader;
  private final Syncer syncer;
  private final Sweeper sweeper;
  private final ReplicaLog replicaLog;
  private final boolean isPersistent;

  private LogFile(
      String name, RedexConfig config, LogStore store, LogStore.Opened opened, LongSupplier unixNs)
      throws IOException {
    this.isPersistent = config.persistent();
    this.state = new LogState(name, store, opened);
    this.reader = new Reader(state);
    this.sweeper = new Sweeper(state, config.retention(), unixNs);
    this.syncer = new Syncer(state, isPersistent ? config.durability() : new Durability.Never());
    this.appender = new Appender(state, syncer, unixNs, false);
    this.replicaLog =
        new ReplicaLog(
            this, state, new Appender(state, syncer, unixNs, true), reader, sweeper, syncer);
    if (opened.mustRewrite()) {
      sweeper.compact(0);
    }
  }

  /** Opens a log in memory. */
  public static LogFile inMemory(String name, RedexConfig config, LongSupplier unixNs) {
    return open(name, config, new MemoryStore(), unixNs);
  }

  /**
   * Opens a log on disk, which is made if it is missing.
   *
   * @throws RedexException {@link RedexError#IO}, {@link RedexError#DAMAGED}
   */
  public static LogFile onDisk(
      String name, RedexConfig config, Disk disk, Path directory, LongSupplier unixNs) {
    try {
      return open(name, config, new DiskStore(disk, directory, unixNs), unixNs);
    } catch (IOException e) {
      throw new RedexException(
          RedexError.IO, "log " + name + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static LogFile open(
      String name, RedexConfig config, LogStore store, LongSupplier unixNs) {
    try {
      return new LogFile(name, config, store, store.open(), unixNs);
    } catch (IOException e) {
      throw closed(
          store,
          new RedexException(
              RedexError.IO, "log " + name + " cannot be opened: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      throw closed(store, e);
    }
  }

  private static RuntimeException closed(LogStore store, RuntimeException failure) {
    try {
      store.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  @Override
  public String name() {
    return state.name;
  }

  @Override
  public long append(byte[] payload) {
    long seq = appender.append(payload);
    syncer.settle(seq);
    return seq;
  }

  @Override
  public CompletableFuture<Long> appendAsync(byte[] payload) {
    try {
      return syncer.settled(appender.append(payload));
    } catch (RedexException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public long appendInline(byte[] payload) {
    long seq = appender.appendInline(payload);
    syncer.settle(seq);
    return seq;
  }

  @Override
  public OptionalLong appendBatch(List<byte[]> payloads) {
    if (payloads.isEmpty()) {
      state.requireWritable();
      return OptionalLong.empty();
    }
    return settled(appender.appendBatch(payloads), payloads.size());
  }

  @Override
  public OptionalLong appendBatchIfNextSeq(long expected, List<byte[]> payloads) {
    if (payloads.isEmpty()) {
      state.requireWritable();
      return OptionalLong.empty();
    }
    return settled(appender.appendBatchIfNext(expected, payloads), payloads.size());
  }

  private OptionalLong settled(long first, int count) {
    syncer.settle(first + count - 1);
    return OptionalLong.of(first);
  }

  @Override
  public Optional<RedexRecord> read(long seq) {
    return reader.range(seq, seq + 1, Long.MAX_VALUE, 0).stream().findFirst();
  }

  @Override
  public List<RedexRecord> readRange(long from, long to) {
    return reader.range(from, to, Long.MAX_VALUE, 0);
  }

  @Override
  public List<RedexRecord> readRange(long from, long to, long budgetBytes, int overheadBytes) {
    return reader.range(from, to, budgetBytes, overheadBytes);
  }

  @Override
  public void visit(long from, long to, RecordVisitor visitor) {
    reader.visit(from, to, visitor);
  }

  @Override
  public long size() {
    return reader.size();
  }

  @Override
  public long nextSeq() {
    return state.nextSeq();
  }

  @Override
  public OptionalLong firstSeq() {
    return reader.firstSeq();
  }

  @Override
  public long durableSeq() {
    return isPersistent ? syncer.durableSeq() : state.nextSeq();
  }

  @Override
  public RedexTail tail(long from) {
    return new LogTail(state, reader, this::durableSeq, state::nextSeq, from);
  }

  @Override
  public void sweepRetention() {
    sweeper.sweep();
  }

  @Override
  public void compact(long from) {
    sweeper.compact(from);
  }

  @Override
  public void skipTo(long seq) {
    if (isPersistent) {
      throw new RedexException(
          RedexError.CONFIG, "log " + state.name + " is on disk: its numbers cannot be skipped");
    }
    state.requireUngoverned();
    sweeper.skipTo(seq);
  }

  @Override
  public void sync() {
    syncer.sync();
  }

  @Override
  public void close() {
    if (!state.closed()) {
      return;
    }
    try {
      sweeper.close();
      syncer.close();
      syncer.sync();
    } finally {
      state.end();
    }
  }

  /** Whether it is on disk. */
  boolean isPersistent() {
    return isPersistent;
  }

  /** What a replica does with it besides. */
  public ReplicaLog replicaLog() {
    return replicaLog;
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return state.isClosed();
  }

  /** Ends its threads and nothing else, as the end of the process does; for tests. */
  void stop() {
    sweeper.close();
    syncer.close();
  }

  /** Closes it and ends reading, too: everything after this is refused. Once only. */
  public void discard() {
    try {
      close();
    } finally {
      state.live().release();
    }
  }
}
