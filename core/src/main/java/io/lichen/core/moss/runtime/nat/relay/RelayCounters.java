// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.nat.relay.RelayVerdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted about relays; docs/metrics.md has the names. Thread-safe. */
public final class RelayCounters {
  /** Messages with data passed on for others. */
  public final LongAdder forwarded = new LongAdder();

  /** Octets of their payloads. */
  public final LongAdder forwardedBytes = new LongAdder();

  /** Messages with data not passed on because the receiver is far behind. */
  public final LongAdder congested = new LongAdder();

  /** Own sessions opened, whoever asked for them. */
  public final LongAdder opened = new LongAdder();

  /** Attempts in which no relay led to the peer. */
  public final LongAdder failed = new LongAdder();

  /** Own sessions that gave way to a direct one. */
  public final LongAdder migrated = new LongAdder();

  /** Requests of others that were not granted at the end that they were for. */
  public final LongAdder notGranted = new LongAdder();

  /** Requests and answers to this node whose signature is not their source's. */
  public final LongAdder forged = new LongAdder();

  /** Messages for this node of no session that it knows. */
  public final LongAdder strays = new LongAdder();

  /** Messages that were seen before, or could be from an earlier session of that name. */
  public final LongAdder replayed = new LongAdder();

  /** Messages that do not open: raw data, or something changed on its way. */
  public final LongAdder unsealed = new LongAdder();

  /** Messages dropped because this node is behind with opening them. */
  public final LongAdder inboundDropped = new LongAdder();

  /** Messages that waited for what the relay bears, or until it had read others. */
  public final LongAdder paced = new LongAdder();

  /** Relayed data dropped because the application did not keep up. */
  public final LongAdder dataDropped = new LongAdder();

  /** Own sessions that are open. */
  public volatile int ownSessions;

  /** Sessions relayed for others. */
  public volatile int forwardedSessions;

  private final Map<RelayVerdict, LongAdder> refused = new EnumMap<>(RelayVerdict.class);

  /** All at 0. */
  public RelayCounters() {
    for (RelayVerdict verdict : RelayVerdict.values()) {
      refused.put(verdict, new LongAdder());
    }
  }

  /** Messages that this node, as a relay, did not pass on for this reason. */
  public LongAdder refused(RelayVerdict verdict) {
    LongAdder adder = refused.get(verdict);
    if (adder == null) {
      throw new IllegalArgumentException("no counter for " + verdict);
    }
    return adder;
  }
}
