// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import org.jspecify.annotations.Nullable;

/**
 * How the messages of one channel travel between logs: in the form in which its wire proves what
 * they are. Thread-safe.
 */
public interface TopicCodec {
  /** What a peer gets; {@code null} if the record cannot be given to anybody. */
  byte @Nullable [] export(TopicRecord record);

  /**
   * Checks what a peer gave as strictly as a message that is delivered.
   *
   * @param peer who gave it
   * @param heardMs when it was first heard, as the peer says, Unix milliseconds
   * @return the record; {@code null} if it is not what it says
   */
  @Nullable TopicRecord accept(String peer, byte[] exported, long heardMs);
}
