// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;

/**
 * Decides which messages of a channel are delivered and passed on to other peers. Asked once for
 * each message that comes from a peer, off the network threads, one message at a time and in order
 * for each channel; it may take its time and may call the node. Own publishes are not asked about.
 *
 * <p>256 messages of a channel, of 4 MiB together, may wait for it; further ones are ignored and
 * counted, and so is what it throws on. What was ignored is not delivered later: copies of it are
 * known.
 */
@FunctionalInterface
public interface MessageValidator {
  /** What is to become of a message. */
  enum Verdict {
    /** Delivered, and passed on. */
    ACCEPT,
    /**
     * Neither delivered nor passed on, and it counts against the peer that brought it. Only for
     * what no honest peer passes on: natives, and nodes without a validator, pass on whatever they
     * get.
     */
    REJECT,
    /** Neither delivered nor passed on; nobody is to blame. */
    IGNORE
  }

  /**
   * Judges a message.
   *
   * @param from the peer that brought it, which need not be its sender
   */
  Verdict validate(MossMessage message, PeerId from);
}
