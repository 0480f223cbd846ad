// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import io.lichen.redex.tail.TailFollower;
import io.lichen.redex.tail.TailIterator;
import io.lichen.redex.tail.TailPublisher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A log: records with ascending sequence numbers, each a payload of any octets. Thread-safe:
 * appends are done one after the other, reads take no lock and see every append that returned
 * before. Sequence numbers are unsigned and given once, evicted and damaged records included.
 *
 * <p>A failed append leaves nothing behind. Every method throws {@link RedexException}: {@link
 * RedexError#CLOSED} from appends after {@link #close} and from everything once the manager is
 * closed, {@link RedexError#IO} when the disk fails or is full, {@link RedexError#POISONED} after a
 * failure that leaves it unknown what is durable.
 */
public interface RedexFile extends AutoCloseable {
  /** Its name. */
  String name();

  /**
   * Appends a record.
   *
   * @return its sequence number
   * @throws RedexException {@link RedexError#PAYLOAD_TOO_LARGE} if all live payloads together would
   *     be more than 3 GiB
   */
  long append(byte[] payload);

  /** Appends a record; the future completes when {@link Durability} says that it is kept. */
  CompletableFuture<Long> appendAsync(byte[] payload);

  /**
   * Appends a record that lies in the index.
   *
   * @param payload 8 octets
   */
  long appendInline(byte[] payload);

  /**
   * Appends records with consecutive numbers, all or none.
   *
   * @return the first one's number; empty if there are none
   */
  OptionalLong appendBatch(List<byte[]> payloads);

  /**
   * {@link #appendBatch} if its first number would be the expected one.
   *
   * @throws RedexException {@link RedexError#SEQ_MISMATCH} otherwise, unless there are none
   */
  OptionalLong appendBatchIfNextSeq(long expected, List<byte[]> payloads);

  /** The record with this number, if it is retained and undamaged. */
  Optional<RedexRecord> read(long seq);

  /**
   * The retained records with numbers from one up to another, which is not included; damaged ones
   * are left out.
   */
  List<RedexRecord> readRange(long from, long to);

  /**
   * The first of {@link #readRange} whose payloads, each with so much more, keep within a budget;
   * the first one in any case.
   */
  List<RedexRecord> readRange(long from, long to, long budgetBytes, int overheadBytes);

  /** Shows the retained, undamaged records of a range where they lie. */
  void visit(long from, long to, RecordVisitor visitor);

  /** Retained records, all of them below what {@link #nextSeq} says afterwards. */
  long size();

  /** The number that the next record gets. */
  long nextSeq();

  /** The number of the oldest retained record. */
  OptionalLong firstSeq();

  /** All records before this number were forced to the disk; in memory {@link #nextSeq}. */
  long durableSeq();

  /**
   * The records from a number on: those that are there, and each new one. It may lie ahead.
   *
   * @return to be read by one thread at a time, and closed
   */
  RedexTail tail(long from);

  /**
   * {@link #tail} as an iterator or stream.
   *
   * @return to be used by one thread at a time, and closed
   */
  default RedexIterator iterator(long from) {
    return new TailIterator(tail(from));
  }

  /**
   * {@link #tail} with a callback, which is called on a virtual thread of its own, one call after
   * the other. A slow one holds up nobody: it lags, and is told of what was evicted meanwhile.
   *
   * @param callback if it throws, that is the end
   * @return to be closed
   */
  default RedexFollower follow(long from, Consumer<? super RedexItem> callback) {
    return new TailFollower(name(), tail(from), callback);
  }

  /**
   * {@link #tail} as a publisher. Each subscriber gets everything from the number on, on a virtual
   * thread of its own, as its demand allows: nothing is queued for it, it lags, and is told of what
   * was evicted meanwhile. It is completed once the log is closed and everything was handed out,
   * and failed if reading fails. Its subscription is a {@link RedexSubscription}.
   */
  default Flow.Publisher<RedexItem> publisher(long from) {
    return new TailPublisher(this, from);
  }

  /** Evicts what {@link Retention} does not keep. Appends go on meanwhile. */
  void sweepRetention();

  /**
   * Writes what is undamaged from a number on into new files, and evicts the rest. Appends go on
   * meanwhile.
   */
  void compact(long from);

  /**
   * Lets the numbers go on from a later one, and evicts everything; nothing happens if it is not
   * later. In memory only.
   *
   * @throws RedexException {@link RedexError#CONFIG} on disk
   */
  void skipTo(long seq);

  /** Forces everything to the disk, closed or not. */
  void sync();

  /** Forces everything to the disk and ends appends and tails; it can still be read. Idempotent. */
  @Override
  void close();
}
