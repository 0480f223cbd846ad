// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted on the way through NATs. Counted on the loop, read by any thread. */
public final class NatCounters {
  // As natives count.

  /** Punches that a coordinator has introduced both ends for. */
  public final LongAdder punchesAttempted = new LongAdder();

  /** Of those, the ones that led to a session without a relay. */
  public final LongAdder punchesSucceeded = new LongAdder();

  /** Direct connects that ended in a session over a relay. */
  public final LongAdder relayFallbacks = new LongAdder();

  /** Punches for which the coordinator or the other end was waited for in vain. */
  public final LongAdder punchTimeouts = new LongAdder();

  /** Requests that a coordinator rejected. */
  public final LongAdder punchRejections = new LongAdder();

  /** Direct connects that found nobody to introduce the two ends. */
  public final LongAdder noCoordinator = new LongAdder();

  // Beyond.

  /** Pairs of peers that this node has introduced to each other. */
  public final LongAdder introduced = new LongAdder();

  /** Acks that were not passed on. */
  public final LongAdder refusedAcks = new LongAdder();

  /** Keep-alives sent. */
  public final LongAdder keepAlivesSent = new LongAdder();

  /** Keep-alives of the other end of a punch. */
  public final LongAdder keepAlivesReceived = new LongAdder();

  /** Keep-alives that nobody waits for. */
  public final LongAdder keepAlivesIgnored = new LongAdder();

  /** Introductions by others that were followed. */
  public final LongAdder introductionsFollowed = new LongAdder();

  /** Introductions by others that were not followed: too many, or to an unlikely address. */
  public final LongAdder introductionsRefused = new LongAdder();

  /** Messages that do not decode, or that nobody waits for. */
  public final LongAdder strayMessages = new LongAdder();

  private final Map<RejectReason, LongAdder> rejected = new EnumMap<>(RejectReason.class);

  /** All zero. */
  public NatCounters() {
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  /** Requests that this node has rejected for a reason. */
  public LongAdder rejected(RejectReason reason) {
    LongAdder counter = rejected.get(reason);
    if (counter == null) {
      throw new IllegalStateException("every reason has a counter, but not " + reason);
    }
    return counter;
  }
}
