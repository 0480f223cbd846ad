// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import io.lichen.gossipsub.PublishedMessage;

/** What messages weigh in bounded queues. */
public final class MessageSizes {
  /** Objects around the octets: measured at 300 to 400 bytes, rounded. */
  private static final int OVERHEAD_BYTES = 384;

  private MessageSizes() {}

  /** Bytes that a message holds in memory, roughly. */
  public static long of(PublishedMessage message) {
    return OVERHEAD_BYTES + (long) message.encoded().length + message.payload().length;
  }
}
