// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.net.URI;
import java.time.Duration;

/** Announces a node to a tracker. Thread-safe; blocks, so it is for virtual threads. */
public interface TrackerClient extends AutoCloseable {
  /**
   * Announces.
   *
   * @param timeout until the answer is there, beyond which a look-up of the tracker's name may go
   * @throws TrackerException if there is no answer or a refusal
   * @throws InterruptedException if the thread was interrupted
   */
  AnnounceResponse announce(URI tracker, AnnounceRequest request, Duration timeout)
      throws TrackerException, InterruptedException;

  /** Gives up what is under way. */
  @Override
  void close();
}
