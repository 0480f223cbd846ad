// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.core.moss.SlowPeer;
import io.lichen.core.moss.SlowPeer.Stage;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.EventQueue;
import io.lichen.transport.moss.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of peers that do not take what they are sent: reported when they have been behind
 * for a while, shed when they have been for too long. Thread-safe.
 */
public final class SlowPeers {
  /** What nobody waits for, forwarded messages, is not given up sooner than after this time. */
  private static final long LEAST_LIMIT_NS = 1_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(SlowPeers.class);

  private final EventQueue<SlowPeer> notices;
  private final NodeCounters counters;
  private final long limitNs;

  /**
   * Makes one.
   *
   * @param limitNs for how long a peer may be behind
   */
  public SlowPeers(EventQueue<SlowPeer> notices, NodeCounters counters, long limitNs) {
    this.notices = notices;
    this.counters = counters;
    this.limitNs = limitNs;
  }

  /** A publish waits for this peer. */
  public void judge(PeerLink link, long nowNs) {
    judge(link, nowNs, limitNs);
  }

  /** Looks at all peers, whether anybody waits for them or not; the node's loop, now and then. */
  public void tick(PeerTable peers, long nowNs) {
    for (PeerLink link : peers.all()) {
      judge(link, nowNs, Math.max(limitNs, LEAST_LIMIT_NS));
    }
  }

  /** A peer that was reported has caught up. */
  void recovered(PeerLink link, long behindNs) {
    tell(link, Stage.RECOVERED, behindNs);
  }

  private void judge(PeerLink link, long nowNs, long allowedNs) {
    if (!link.isCongested()) {
      return;
    }
    long behindNs = link.congestedForNs(nowNs);
    // Also where nobody could look in the meantime: nobody is shed without a warning.
    if (behindNs >= allowedNs / 4 && link.markReported()) {
      counters.peersSlow.increment();
      tell(link, Stage.SLOW, behindNs);
    }
    if (behindNs >= allowedNs) {
      shed(link, behindNs);
    }
  }

  private void shed(PeerLink link, long behindNs) {
    if (!link.markShed()) {
      return;
    }
    counters.peersShed.increment();
    LOG.warn(
        "Shed peer {} at {}: it has been behind for {} ms, with {} bytes queued",
        link.peer(),
        link.address(),
        behindNs / 1_000_000,
        link.session().pendingBytes());
    tell(link, Stage.SHED, behindNs);
    link.session().close(CloseReason.SLOW);
  }

  private void tell(PeerLink link, Stage stage, long behindNs) {
    long queuedBytes = link.session().pendingBytes();
    notices.add(
        new SlowPeer(link.peer(), link.address(), stage, queuedBytes, behindNs / 1_000_000));
  }
}
