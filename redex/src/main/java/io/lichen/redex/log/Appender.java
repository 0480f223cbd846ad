// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** Appends to a log, one record or batch after the other. */
final class Appender {
  private final LogState state;
  private final Syncer syncer;
  private final LongSupplier unixNs;
  private final boolean isReplicas;

  /**
   * Appends to a log.
   *
   * @param isReplicas whether for its replica, not for everybody
   */
  Appender(LogState state, Syncer syncer, LongSupplier unixNs, boolean isReplicas) {
    this.state = state;
    this.syncer = syncer;
    this.unixNs = unixNs;
    this.isReplicas = isReplicas;
  }

  /** Appends a payload that goes into the data file. */
  long append(byte[] payload) {
    int checksum = IndexRecords.checksum(payload, 0, payload.length);
    long seq;
    state.appends.lock();
    try {
      Generation live = room(1, payload.length);
      seq = state.nextSeq();
      live.putHeap(0, seq, payload, 0, payload.length, checksum, unixNs.getAsLong());
      publish(live, seq, 1);
    } finally {
      state.appends.unlock();
    }
    tell(1, payload.length);
    return seq;
  }

  /** Appends a payload that goes into its record. */
  long appendInline(byte[] payload) {
    if (payload.length != IndexRecords.INLINE_BYTES) {
      throw new IllegalArgumentException("an inline payload has 8 octets, not " + payload.length);
    }
    int checksum = IndexRecords.checksum(payload, 0, payload.length);
    long content = IndexRecords.inlinePayload(payload);
    long seq;
    state.appends.lock();
    try {
      Generation live = room(1, 0);
      seq = state.nextSeq();
      live.putInline(0, seq, content, checksum, unixNs.getAsLong());
      publish(live, seq, 1);
    } finally {
      state.appends.unlock();
    }
    tell(1, 0);
    return seq;
  }

  /** Appends payloads, at least one. */
  long appendBatch(List<byte[]> payloads) {
    return batch(payloads, false, 0);
  }

  /** Appends payloads, at least one, if the first gets the expected number. */
  long appendBatchIfNext(long expected, List<byte[]> payloads) {
    return batch(payloads, true, expected);
  }

  private long batch(List<byte[]> payloads, boolean isGuarded, long expected) {
    int count = payloads.size();
    int[] checksums = new int[count];
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      byte[] payload = payloads.get(i);
      checksums[i] = IndexRecords.checksum(payload, 0, payload.length);
      bytes += payload.length;
    }
    long first;
    state.appends.lock();
    try {
      Generation live = room(count, bytes);
      first = state.nextSeq();
      if (isGuarded && first != expected) {
        throw new RedexException(
            RedexError.SEQ_MISMATCH,
            "log %s: the next number is %s, not %s"
                .formatted(
                    state.name, Long.toUnsignedString(first), Long.toUnsignedString(expected)));
      }
      long now = unixNs.getAsLong();
      for (int i = 0; i < count; i++) {
        byte[] payload = payloads.get(i);
        live.putHeap(i, first + i, payload, 0, payload.length, checksums[i], now);
      }
      publish(live, first, count);
    } finally {
      state.appends.unlock();
    }
    tell(count, bytes);
    return first;
  }

  /** The live generation, with room for so much. */
  private Generation room(int records, long bytes) {
    state.requireWritable();
    if (!isReplicas) {
      state.requireUngoverned();
    }
    Generation live = state.live();
    long left = Generation.MAX_DATA_BYTES - live.dataBytes();
    if (bytes > left) {
      throw new RedexException(
          RedexError.PAYLOAD_TOO_LARGE,
          "log %s: %d octets do not fit, %d are left".formatted(state.name, bytes, left));
    }
    try {
      live.reserve(records, bytes);
    } catch (IOException e) {
      throw state.failed("there is no room for " + bytes + " octets", e);
    }
    return live;
  }

  private void publish(Generation live, long first, int count) {
    live.publish(count);
    state.nextSeq(first + count);
  }

  private void tell(int records, long bytes) {
    state.signal.changed();
    syncer.appended(records, bytes);
  }
}
