// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * To how many addresses a socket has sent something: each has cost a symmetric NAT a port. The last
 * 1024 are remembered; an older one counts again. Not thread-safe.
 */
public final class Flows {
  private static final int MAX_REMEMBERED = 1024;

  private final Map<InetSocketAddress, Boolean> spokenTo =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private long count;

  /** None yet. */
  public Flows() {}

  /** Something goes to this address, or has come from there. */
  public void sentTo(InetSocketAddress address) {
    count += spokenTo.put(address, true) == null ? 1 : 0;
  }

  /** How many there were. */
  public long count() {
    return count;
  }
}
