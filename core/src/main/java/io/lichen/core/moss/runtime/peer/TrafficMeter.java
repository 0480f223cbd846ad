// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up the bytes of all sessions, those that have ended included, as far as they had been looked
 * at. The node's loop only.
 */
public final class TrafficMeter {
  private record Seen(long bytesIn, long bytesOut) {
    static final Seen NOTHING = new Seen(0, 0);
  }

  private Map<PeerLink, Seen> seen = new HashMap<>();
  private long totalIn;
  private long totalOut;

  /** Looks at the sessions. */
  public void sample(Collection<PeerLink> links) {
    Map<PeerLink, Seen> now = new HashMap<>();
    for (PeerLink link : links) {
      Seen before = seen.getOrDefault(link, Seen.NOTHING);
      Seen after = new Seen(link.session().bytesIn(), link.session().bytesOut());
      totalIn += after.bytesIn() - before.bytesIn();
      totalOut += after.bytesOut() - before.bytesOut();
      now.put(link, after);
    }
    seen = now;
  }

  /** Bytes received until sessions were last looked at. */
  public long totalIn() {
    return totalIn;
  }

  /** Bytes sent until then. */
  public long totalOut() {
    return totalOut;
  }
}
