// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.MossException;
import io.lichen.gossipsub.PublishedMessage;

/** Keeps the messages of one channel. Thread-safe. */
public interface MessageKeeper {
  /**
   * A message that is being published, before anybody gets it.
   *
   * @param data its payload, opened
   * @throws MossException if it cannot be kept: it is not published then
   */
  void keepOwn(PublishedMessage message, byte[] data);

  /** A message that is being delivered; never throws. */
  void keepDelivered(PublishedMessage message, byte[] data);

  /** The channel's room is left, or its node stopped. */
  void end();
}
