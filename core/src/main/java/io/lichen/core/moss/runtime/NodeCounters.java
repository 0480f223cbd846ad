// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.transport.moss.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Everything a node counts by itself; docs/metrics.md has the names. Thread-safe. */
final class NodeCounters {
  /** Own messages accepted. */
  final LongAdder published = new LongAdder();

  /** Their payload bytes before sealing. */
  final LongAdder publishedBytes = new LongAdder();

  /** Publishes refused because nobody was there. */
  final LongAdder publishedToNobody = new LongAdder();

  /** Publishes refused for their size. */
  final LongAdder publishTooLarge = new LongAdder();

  /** Publishes that had to wait for a congested peer or for the loop. */
  final LongAdder publishWaits = new LongAdder();

  /** Nanoseconds they waited together. */
  final LongAdder publishWaitNs = new LongAdder();

  /** Asynchronous publishes refused because too many were waiting. */
  final LongAdder publishAsyncRefused = new LongAdder();

  /** Times a peer was reported because it did not keep up with what it was sent. */
  final LongAdder peersSlow = new LongAdder();

  /** Peers shed because they did not take what they were sent. */
  final LongAdder peersShed = new LongAdder();

  /** Copies handed to sessions, own and forwarded. */
  final LongAdder messagesSent = new LongAdder();

  /** Their encoded bytes. */
  final LongAdder messagesSentBytes = new LongAdder();

  /** Copies that a session refused because its queue was at the hard limit. */
  final LongAdder sendOverflows = new LongAdder();

  /** Copies that do not fit the carrier of a session. */
  final LongAdder sendTooLarge = new LongAdder();

  /** Control messages that a session refused. */
  final LongAdder controlRefused = new LongAdder();

  /** Publishes received, copies included. */
  final LongAdder messagesReceived = new LongAdder();

  /** Their encoded bytes. */
  final LongAdder messagesReceivedBytes = new LongAdder();

  /** Messages given to the application. */
  final LongAdder delivered = new LongAdder();

  /** Their payload bytes after opening. */
  final LongAdder deliveredBytes = new LongAdder();

  /** Messages of own topics that the room's key does not open. */
  final LongAdder unopened = new LongAdder();

  /** Messages ignored because too many of their channel waited for its validator. */
  final LongAdder validationsRefused = new LongAdder();

  /** Own messages that found the own subscriber's queue full for too long. */
  final LongAdder selfDeliveriesDropped = new LongAdder();

  /** Messages that made room for later ones in a subscriber's queue. */
  final LongAdder deliveriesDroppedOldest = new LongAdder();

  /** Messages for which a subscriber's queue had no room. */
  final LongAdder deliveriesDroppedNewest = new LongAdder();

  /** Messages for a subscriber that gives nothing up, dropped because it stood still for long. */
  final LongAdder deliveriesDroppedStill = new LongAdder();

  /** Times a full subscriber's queue held up the node. */
  final LongAdder deliveryBlocks = new LongAdder();

  /** Times a session's reading was paused because the node was behind. */
  final LongAdder readPauses = new LongAdder();

  /** Packets that are no envelope. */
  final LongAdder badEnvelopes = new LongAdder();

  /** Publishes without topic or id, or larger than allowed. */
  final LongAdder badPublishes = new LongAdder();

  /** Publishes under an id that is not theirs. */
  final LongAdder forgedIds = new LongAdder();

  /** Envelopes of a type that this node does not handle. */
  final LongAdder ignoredEnvelopes = new LongAdder();

  /** Announcements over the rate limit of their session. */
  final LongAdder announcesThrottled = new LongAdder();

  /** Announcements that are malformed, or whose signature is missing or bad. */
  final LongAdder announcesInvalid = new LongAdder();

  /** Contributions to the network statistics that said something new. */
  final LongAdder statisticsNew = new LongAdder();

  /** Contributions that were known. */
  final LongAdder statisticsKnown = new LongAdder();

  /** Contributions to an epoch that is too far away. */
  final LongAdder statisticsOutOfWindow = new LongAdder();

  /** Contributions too large or not readable, held against the sender. */
  final LongAdder statisticsBad = new LongAdder();

  /** Contributions not looked at or not taken, for what their sender may not know. */
  final LongAdder statisticsRefused = new LongAdder();

  /** Contributions over the rate limit of their session. */
  final LongAdder statisticsThrottled = new LongAdder();

  /** Contributions that had to go because an epoch had too many. */
  final LongAdder statisticsEvicted = new LongAdder();

  /** Announcements against better knowledge, too soon, or more than could be verified. */
  final LongAdder announcesRefused = new LongAdder();

  /** Announcements that a peer was not sent because too many waited for it. */
  final LongAdder announcesDropped = new LongAdder();

  /** Known peers forgotten for others. */
  final LongAdder knownPeersEvicted = new LongAdder();

  /** Messages of the overlay over the rate limit of their session. */
  final LongAdder overlayThrottled = new LongAdder();

  /** Addresses named in the overlay that were dialled. */
  final LongAdder attachmentsDialed = new LongAdder();

  /** Addresses named there that were not: no literals, too close, or too many. */
  final LongAdder attachmentsRefused = new LongAdder();

  /** Events dropped because the application did not keep up. */
  final LongAdder eventsDropped = new LongAdder();

  /** Exceptions out of callbacks. */
  final LongAdder callbackFailures = new LongAdder();

  /** Exceptions caught on the node's loop: faults of this program. */
  final LongAdder loopFaults = new LongAdder();

  /** Dials that gave a session. */
  final LongAdder dialsSucceeded = new LongAdder();

  /** Dials that failed. */
  final LongAdder dialsFailed = new LongAdder();

  /** Sessions registered. */
  final LongAdder sessionsRegistered = new LongAdder();

  private final Map<CloseReason, LongAdder> sessionsClosed = new EnumMap<>(CloseReason.class);

  NodeCounters() {
    for (CloseReason reason : CloseReason.values()) {
      sessionsClosed.put(reason, new LongAdder());
    }
  }

  /** Sessions ended for this reason, registered or not. */
  LongAdder sessionsClosed(CloseReason reason) {
    LongAdder adder = sessionsClosed.get(reason);
    if (adder == null) {
      throw new IllegalArgumentException("no counter for " + reason);
    }
    return adder;
  }
}
