// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.transport.net.SessionEnd;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted about peers. */
public final class PeerCounters {
  /** Sessions established. */
  public final LongAdder sessions = new LongAdder();

  /** Heartbeats sent. */
  public final LongAdder heartbeatsSent = new LongAdder();

  /** Authentic heartbeats received. */
  public final LongAdder heartbeatsReceived = new LongAdder();

  /** Times a peer failed. */
  public final LongAdder failed = new LongAdder();

  /** Times a suspected or failed peer was heard of again. */
  public final LongAdder recovered = new LongAdder();

  /** Failed peers given up for good. */
  public final LongAdder evicted = new LongAdder();

  /** Dials of peers from which nothing came any more. */
  public final LongAdder redialled = new LongAdder();

  private final Map<SessionEnd, LongAdder> ended = new EnumMap<>(SessionEnd.class);

  public PeerCounters() {
    for (SessionEnd reason : SessionEnd.values()) {
      ended.put(reason, new LongAdder());
    }
  }

  /** Sessions ended for this reason. */
  public LongAdder sessionsEnded(SessionEnd reason) {
    LongAdder adder = ended.get(reason);
    if (adder == null) {
      throw new IllegalArgumentException("no counter for " + reason);
    }
    return adder;
  }
}
