// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.Objects;

/**
 * Events of one shard on their way to the adapter, in order. Immutable; an adapter may keep it. A
 * batch that comes again, because an earlier try failed or was late, has the same {@link
 * #sequenceStart}, and its events have the same {@link #dedupId}.
 */
public final class EventBatch {
  private final int shard;
  private final long sequenceStart;
  private final long producerNonce;
  private final byte[][] events;
  private final long[] insertionTs;

  /**
   * Makes one of arrays that nobody changes any more.
   *
   * @param producerNonce what tells this producer from others; not 0
   * @param sequenceStart how many events of the shard went in earlier batches
   */
  public EventBatch(
      int shard, long sequenceStart, long producerNonce, byte[][] events, long[] insertionTs) {
    this.shard = shard;
    this.sequenceStart = sequenceStart;
    this.producerNonce = producerNonce;
    this.events = events;
    this.insertionTs = insertionTs;
  }

  /** The shard. */
  public int shard() {
    return shard;
  }

  /** How many events of the shard went in earlier batches. */
  public long sequenceStart() {
    return sequenceStart;
  }

  /** What tells this producer from others; not 0. */
  public long producerNonce() {
    return producerNonce;
  }

  /** How many events. */
  public int size() {
    return events.length;
  }

  /** The bytes of an event, not to be changed. */
  public byte[] raw(int index) {
    return events[index];
  }

  /** See {@link EventReceipt#insertionTs}. */
  public long insertionTs(int index) {
    return insertionTs[index];
  }

  /** The name of an event under which copies of it can be found, the same for each try. */
  public String dedupId(int index) {
    Objects.checkIndex(index, events.length);
    return Long.toHexString(producerNonce)
        + ':'
        + shard
        + ':'
        + Long.toUnsignedString(sequenceStart)
        + ':'
        + index;
  }
}
