// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.TopicRecord.Held;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A log in which every message is once. Which ones are there it knows by the keys of the latest so
 * many, read from the log when it is opened; of older ones it knows only until when they were heard
 * ({@link #mayHaveForgotten}). Thread-safe.
 */
public final class TopicLog {

  private static final long NS_PER_MS = 1_000_000;

  private final RedexFile file;
  private final LongSupplier unixMs;
  private final TopicCounters counters;
  private final RecentKeys keys;

  /**
   * Keeps a topic in a log; records that are none of a topic stay where they are and are passed
   * over.
   *
   * @param file nobody else appends to it
   * @param maxKeys of how many messages, from the end of the log, copies are recognised; 1 to 2^26
   * @param unixMs the time, Unix milliseconds
   */
  public TopicLog(RedexFile file, int maxKeys, LongSupplier unixMs, TopicCounters counters) {
    this.file = file;
    this.unixMs = unixMs;
    this.counters = counters;
    this.keys = new RecentKeys(maxKeys, new SecureRandom().nextLong());
    long next = file.nextSeq();
    long from = Math.max(firstSeq(), next - maxKeys);
    if (from > 0) {
      // Whatever stood before was heard before it was appended, and that before this one.
      file.readRange(from, next, 1, 0).stream().findFirst().ifPresent(this::forgottenBefore);
    }
    file.visit(
        from,
        next,
        (seq, record) -> {
          if (TopicRecord.isTopic(record)) {
            remember(TopicRecord.held(record));
          }
          return true;
        });
  }

  private void forgottenBefore(RedexRecord oldest) {
    keys.gone(oldest.unixNs() / NS_PER_MS);
  }

  private void remember(Held held) {
    if (!held.key().equals(TopicKey.NONE) && !keys.contains(held.key())) {
      keys.add(held.key(), held.heardMs());
    }
  }

  /**
   * Appends a message unless the log has it. It counts as heard now at the latest.
   *
   * @return its number; empty if the log has it
   * @throws RedexException if the log cannot take it; it may be tried again
   */
  public OptionalLong append(TopicRecord message) {
    synchronized (keys) {
      if (keys.contains(message.key())) {
        counters.duplicates.increment();
        return OptionalLong.empty();
      }
      TopicRecord kept = message.heard(Math.min(message.heardMs(), unixMs.getAsLong()));
      long seq = append(kept.encode());
      keys.add(kept.key(), kept.heardMs());
      counters.appended.increment();
      return OptionalLong.of(seq);
    }
  }

  /**
   * Appends a message that has no name by which copies could be known: it has no copies.
   *
   * @throws RedexException if the log cannot take it
   */
  public void appendUnnamed(TopicRecord message) {
    append(message.encode());
    counters.appended.increment();
  }

  private long append(byte[] record) {
    try {
      return file.append(record);
    } catch (RedexException e) {
      counters.failures.increment();
      throw e;
    }
  }

  /** The log itself, for reading. */
  public RedexFile file() {
    return file;
  }

  /** What is counted. */
  public TopicCounters counters() {
    return counters;
  }

  /** Whether a message is among those that are remembered. */
  boolean has(TopicKey key) {
    synchronized (keys) {
      return keys.contains(key);
    }
  }

  /** Whether a message that was first heard then may have been here and is not remembered. */
  boolean mayHaveForgotten(long heardMs) {
    synchronized (keys) {
      long gone = keys.goneHeardMs();
      return gone != Long.MIN_VALUE && heardMs <= gone + TopicLimits.SLACK_MS;
    }
  }

  /** The number of the oldest record, or of the next one. */
  long firstSeq() {
    return file.firstSeq().orElseGet(file::nextSeq);
  }

  /** The number of the next record. */
  long nextSeq() {
    return file.nextSeq();
  }

  /** What is under so many numbers, at most, from one that is not before the oldest. */
  List<Held> held(long from, int most) {
    long to = Math.min(from + most, nextSeq());
    if (to <= from) {
      return List.of();
    }
    List<Held> held = new ArrayList<>(Collections.nCopies((int) (to - from), Held.NOTHING));
    file.visit(
        from,
        to,
        (seq, record) -> {
          if (TopicRecord.isTopic(record)) {
            held.set((int) (seq - from), TopicRecord.held(record));
          }
          return true;
        });
    return held;
  }

  /** The message under a number, if there is one. */
  Optional<TopicRecord> read(long seq) {
    return file.read(seq).map(RedexRecord::payload).map(TopicRecord::decode);
  }
}
