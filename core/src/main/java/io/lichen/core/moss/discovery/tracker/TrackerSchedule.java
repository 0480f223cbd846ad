// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When which tracker is told of this node (docs/wire/moss-discovery.md, "When"), without clock and
 * socket. Not thread-safe.
 */
public final class TrackerSchedule {
  private static final long S = 1_000_000_000L;
  private static final long FIRST_RETRY_NS = 15 * S;
  private static final long MAX_RETRY_NS = 1800 * S;
  private static final int MAX_DOUBLINGS = 7;

  /** The times of one tracker: it is not asked before one, and should be by the other. */
  private record Due(long lonelyNs, long usualNs) {}

  private final TrackerOrder order;
  private final long intervalNs;
  private final Map<String, Due> dues = new HashMap<>();
  private final Set<String> announced = new HashSet<>();

  /**
   * Makes one in which all trackers are due.
   *
   * @param intervalNs between two announces to a tracker that does not ask for another interval
   */
  public TrackerSchedule(List<String> urls, long intervalNs) {
    this.order = new TrackerOrder(urls.stream().distinct().toList());
    this.intervalNs = intervalNs;
  }

  /**
   * The trackers to be asked now, the best first; each has to be reported afterwards.
   *
   * @param lonely whether this node is without a peer: then only a tracker's shortest interval is
   *     respected, not the one it would like
   */
  public List<String> due(boolean lonely, long nowNs) {
    return order.next().stream().filter(url -> isDue(url, lonely, nowNs)).toList();
  }

  private boolean isDue(String url, boolean lonely, long nowNs) {
    Due due = dues.get(url);
    return due == null || nowNs - (lonely ? due.lonelyNs() : due.usualNs()) >= 0;
  }

  /** What a tracker is to be told, unless this node is about to go. */
  public AnnounceEvent event(String url) {
    return announced.contains(url) ? AnnounceEvent.NONE : AnnounceEvent.STARTED;
  }

  /** A tracker has answered. */
  public void succeeded(String url, AnnounceResponse response, long nowNs) {
    order.succeeded(url);
    announced.add(url);
    long lonelyNs = Math.max(intervalNs, response.minIntervalSec() * S);
    long usualNs = Math.max(lonelyNs, response.intervalSec() * S);
    dues.put(url, new Due(nowNs + lonelyNs, nowNs + usualNs));
  }

  /** A tracker has not answered, or refused. */
  public void failed(String url, long nowNs) {
    long waitNs =
        Math.min(MAX_RETRY_NS, FIRST_RETRY_NS << Math.min(order.failures(url), MAX_DOUBLINGS));
    order.failed(url);
    dues.put(url, new Due(nowNs + waitNs, nowNs + waitNs));
  }

  /** The trackers that know of this node. */
  public List<String> announced() {
    return List.copyOf(announced);
  }
}
