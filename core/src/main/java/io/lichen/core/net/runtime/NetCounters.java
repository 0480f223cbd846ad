// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import java.util.concurrent.atomic.LongAdder;

/** What a node counts itself; its parts count the rest. */
final class NetCounters {
  /** Exceptions out of callbacks. */
  final LongAdder callbackFailures = new LongAdder();

  /** Exceptions caught on the loop: faults of this program. */
  final LongAdder loopFaults = new LongAdder();

  /** Asynchronous calls refused because too many waited. */
  final LongAdder asyncRefused = new LongAdder();

  /** Dials and accepts that gave a session. */
  final LongAdder handshakesSucceeded = new LongAdder();

  /** Dials and accepts that failed. */
  final LongAdder handshakesFailed = new LongAdder();

  /** Packets of reliable streams that never came. */
  final LongAdder streamGaps = new LongAdder();

  /** Messages of replication for which there was no room. */
  final LongAdder replicaMessagesDropped = new LongAdder();

  /** Streams that failed, or were given up by their peer. */
  final LongAdder streamsEnded = new LongAdder();
}
