// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many connects a node tries for peers that ask: a few at a time, and for each host one at a
 * time and one a second. Not thread-safe.
 */
public final class ProbeLimits {
  /** Connects at a time. */
  public static final int MAX_UNDER_WAY = 8;

  /** Between the beginnings of two for one host, in nanoseconds. */
  public static final long PAUSE_NS = 1_000_000_000L;

  /** Hosts remembered; beyond, the one served longest ago is forgotten. */
  static final int MAX_HOSTS = 1024;

  private final Set<InetAddress> underWay = new HashSet<>();
  private final Map<InetAddress, Long> lastNs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
          return size() > MAX_HOSTS;
        }
      };

  /** Makes one that has served nobody. */
  public ProbeLimits() {}

  /** Whether one may begin for a host; if so, {@link #ended} has to follow. */
  public boolean begins(InetAddress host, long nowNs) {
    Long last = lastNs.get(host);
    boolean rested = last == null || nowNs - last >= PAUSE_NS;
    if (!rested || underWay.size() >= MAX_UNDER_WAY || !underWay.add(host)) {
      return false;
    }
    lastNs.put(host, nowNs);
    return true;
  }

  /** It has ended. */
  public void ended(InetAddress host) {
    underWay.remove(host);
  }
}
