// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import org.jspecify.annotations.Nullable;

/**
 * How the messages of one subscription reach the application. Immutable.
 *
 * <p>Messages are handed over in order, one at a time for each channel of a room, and wait in a
 * bounded queue of their channel. What the bound does is the subscription's choice; each message
 * that it costs is counted (docs/metrics.md, {@code delivery.dropped}).
 *
 * @param overflow what happens when the queue is full
 * @param queueMessages the bound, in messages under way to the callback, 0 for the configured
 *     {@code lichen.delivery_queue}; 0..1048576. Besides, 8 MiB are the most in any queue
 * @param validator who judges messages before they are delivered and passed on; null for nobody
 */
public record SubscribeOptions(
    Overflow overflow, int queueMessages, @Nullable MessageValidator validator) {
  /** The largest bound, in messages. */
  public static final int MAX_QUEUE_MESSAGES = 1 << 20;

  private static final SubscribeOptions DEFAULTS = new SubscribeOptions(Overflow.BLOCK, 0);

  /** What happens to a message for a queue that is full. */
  public enum Overflow {
    /**
     * Nothing is lost: the node takes nothing from its peers until there is room, which slows them
     * down, and its own publishers to this channel wait up to {@code lichen.publish_wait_ms}. The
     * other channels of the node wait too; but a callback that does not return for that time, or 1
     * s if that is longer, loses what comes for its full queue until it does.
     */
    BLOCK,
    /** The message that has waited longest goes: for those who want to know how things are now. */
    DROP_OLDEST,
    /** The message itself goes: for those who want all of what they have begun. */
    DROP_NEWEST
  }

  /**
   * Checks the range.
   *
   * @throws MossException {@link MossError#CONFIG_INVALID}
   */
  public SubscribeOptions {
    if (queueMessages < 0 || queueMessages > MAX_QUEUE_MESSAGES) {
      throw new MossException(
          MossError.CONFIG_INVALID,
          "queueMessages is " + queueMessages + ", must be in 0.." + MAX_QUEUE_MESSAGES);
    }
  }

  /** Options without a validator. */
  public SubscribeOptions(Overflow overflow, int queueMessages) {
    this(overflow, queueMessages, null);
  }

  /** Nothing is dropped, and the bound is the configured one. */
  public static SubscribeOptions defaults() {
    return DEFAULTS;
  }

  /** The same with another way to deal with a full queue. */
  public SubscribeOptions withOverflow(Overflow value) {
    return new SubscribeOptions(value, queueMessages, validator);
  }

  /** The same with another bound; 0 for the configured one. */
  public SubscribeOptions withQueueMessages(int value) {
    return new SubscribeOptions(overflow, value, validator);
  }

  /** The same with another validator; null for none. */
  public SubscribeOptions withValidator(@Nullable MessageValidator value) {
    return new SubscribeOptions(overflow, queueMessages, value);
  }
}
