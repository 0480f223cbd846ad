// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

/**
 * How incoming events reach one receiver. Immutable.
 *
 * <p>Events are handed over in order, one at a time, on a thread of their own, and wait in a queue
 * of that receiver. What its bound does is the receiver's choice; each event that it costs is
 * counted (docs/metrics.md, {@code events.dropped}).
 *
 * <p>A receiver may have them inline instead: on the network thread as they come in, which spares
 * them two changes of threads. It must not block: as long as it takes its time, the node neither
 * receives nor sends anything. In it sends never wait, and calls that wait for the network must not
 * be made. The queue is used only while the receiver has requested nothing; what it requests then
 * is handed over on the thread that requests.
 *
 * @param overflow what happens when the queue is full
 * @param queueBytes the bound, in bytes of events under way to the receiver with 64 bytes added for
 *     each; 1024 or more
 * @param isInline whether events are handed over on the network thread
 */
public record DeliveryOptions(Overflow overflow, long queueBytes, boolean isInline) {
  /** The smallest bound, in bytes. */
  public static final long MIN_QUEUE_BYTES = 1024;

  private static final DeliveryOptions DEFAULTS =
      new DeliveryOptions(Overflow.BLOCK, 8L << 20, false);

  /** What happens to an event for a queue that is full. */
  public enum Overflow {
    /**
     * Senders wait: what a stream sent is confirmed to its sender only when it has been consumed,
     * so that the sender's window closes. A sender that sends beyond its window, or has none, loses
     * what comes for the full queue.
     */
    BLOCK,
    /** The event that has waited longest goes: for those who want to know how things are now. */
    DROP_OLDEST,
    /** The event itself goes: for those who want all of what they have begun. */
    DROP_NEWEST
  }

  /**
   * Checks the range.
   *
   * @throws NetException {@link NetError#INVALID_ARGUMENT}
   */
  public DeliveryOptions {
    if (queueBytes < MIN_QUEUE_BYTES) {
      throw new NetException(
          NetError.INVALID_ARGUMENT,
          "queueBytes is " + queueBytes + ", must be " + MIN_QUEUE_BYTES + " or more");
    }
  }

  /** Nothing is dropped, and the bound is 8 MiB. */
  public static DeliveryOptions defaults() {
    return DEFAULTS;
  }

  /** The same with another way to deal with a full queue. */
  public DeliveryOptions withOverflow(Overflow value) {
    return new DeliveryOptions(value, queueBytes, isInline);
  }

  /** The same, handed over on the network thread or, with {@code false}, on one of their own. */
  public DeliveryOptions withInline(boolean value) {
    return new DeliveryOptions(overflow, queueBytes, value);
  }

  /** The same with another bound. */
  public DeliveryOptions withQueueBytes(long value) {
    return new DeliveryOptions(overflow, value, isInline);
  }
}
