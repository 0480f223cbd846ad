// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.SerialRunner;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Verifies signatures off the node's loop, in order, and reports back to it. Bounded: what comes
 * while it is full is dropped, and whoever sent it will send it to others.
 */
final class AnnouncementVerifier {
  /** Announcements under way. */
  static final int MAX_WAITING = 512;

  /** Who is told, on the node's loop. */
  @FunctionalInterface
  interface Sink {
    /** An announcement has been looked at. */
    void verified(PeerLink from, PeerAnnouncement said, boolean signed);
  }

  private record Job(PeerLink from, PeerAnnouncement said) {}

  private final BoundedQueue<Job> queue = new BoundedQueue<>(MAX_WAITING, MAX_WAITING, job -> 1);
  private final SerialRunner runner;
  private final NodeLoop loop;
  private final Sink sink;
  private ArrayDeque<Job> spare = new ArrayDeque<>();

  AnnouncementVerifier(Executor executor, NodeLoop loop, Sink sink) {
    this.runner = new SerialRunner(executor, this::drain);
    this.loop = loop;
    this.sink = sink;
  }

  /**
   * Has one verified.
   *
   * @return whether there was room for it
   */
  boolean submit(PeerLink from, PeerAnnouncement said) {
    if (queue.isFull()) {
      return false;
    }
    queue.add(new Job(from, said));
    runner.request();
    return true;
  }

  private void drain() {
    ArrayDeque<Job> jobs = queue.takeAll(spare);
    for (Job job : jobs) {
      boolean signed = job.said().isSigned();
      loop.execute(() -> sink.verified(job.from(), job.said(), signed));
      queue.consumed(job);
    }
    jobs.clear();
    spare = jobs;
  }
}
