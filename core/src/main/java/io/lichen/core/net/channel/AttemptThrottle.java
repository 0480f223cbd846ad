// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Keeps peers that fail to be authorized from trying on and on: 16 failures within 60 s cost 30 s
 * (docs/wire/net-channels.md, "Throttling"). Belongs to the node's loop; not thread-safe.
 *
 * <p>Bounded; the peer that failed first of all gives way.
 */
public final class AttemptThrottle {
  /** Failures within the window that are too many. */
  public static final int MAX_FAILURES = 16;

  /** Most peers with failures. */
  public static final int MAX_PEERS = 4096;

  private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long THROTTLE_NS = TimeUnit.SECONDS.toNanos(30);

  private final Map<Long, Failures> peers = new LinkedHashMap<>();
  private long evicted;

  private static final class Failures {
    private long windowStartNs;
    private int count;
    private boolean throttled;
    private long throttledUntilNs;

    private Failures(long nowNs) {
      windowStartNs = nowNs;
    }
  }

  /** Nobody has failed yet. */
  public AttemptThrottle() {}

  /** Whether the peer's attempts are to be refused unseen now. */
  public boolean isThrottled(long nodeId, long nowNs) {
    Failures failures = peers.get(nodeId);
    if (failures == null || !failures.throttled) {
      return false;
    }
    if (nowNs - failures.throttledUntilNs < 0) {
      return true;
    }
    peers.remove(nodeId);
    return false;
  }

  /** Notes that the peer was refused for want of permission. */
  public void onFailure(long nodeId, long nowNs) {
    Failures failures = peers.computeIfAbsent(nodeId, id -> new Failures(nowNs));
    if (nowNs - failures.windowStartNs >= WINDOW_NS) {
      failures.windowStartNs = nowNs;
      failures.count = 0;
    }
    failures.count++;
    if (failures.count >= MAX_FAILURES) {
      failures.throttled = true;
      failures.throttledUntilNs = nowNs + THROTTLE_NS;
    }
    if (peers.size() > MAX_PEERS) {
      peers.remove(peers.keySet().iterator().next());
      evicted++;
    }
  }

  /** Forgets the peer's failures: it was authorized. */
  public void clear(long nodeId) {
    peers.remove(nodeId);
  }

  /** How many peers' failures were forgotten for want of room. */
  public long evicted() {
    return evicted;
  }
}
