// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;

/**
 * Decides which messages of a topic are delivered and forwarded. Asked once for each message, by
 * the engine's thread, before anything is done with it: must be quick, and must not call the
 * engine. One that throws is taken to say {@link Verdict#IGNORE}, and counted.
 */
@FunctionalInterface
public interface TopicValidator {
  /**
   * Judges a message.
   *
   * @param from the peer that brought it, which need not be its publisher
   */
  Verdict validate(PublishedMessage message, PeerId from);
}
