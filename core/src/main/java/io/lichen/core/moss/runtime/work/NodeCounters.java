// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import io.lichen.transport.moss.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Everything a node counts by itself; docs/metrics.md has the names. Thread-safe. */
public final class NodeCounters {
  /** Own messages accepted. */
  public final LongAdder published = new LongAdder();

  /** Their payload bytes before sealing. */
  public final LongAdder publishedBytes = new LongAdder();

  /** Publishes refused because nobody was there. */
  public final LongAdder publishedToNobody = new LongAdder();

  /** Publishes refused for their size. */
  public final LongAdder publishTooLarge = new LongAdder();

  /** Publishes that had to wait for a congested peer or for the loop. */
  public final LongAdder publishWaits = new LongAdder();

  /** Nanoseconds they waited together. */
  public final LongAdder publishWaitNs = new LongAdder();

  /** Asynchronous publishes refused because too many were waiting. */
  public final LongAdder publishAsyncRefused = new LongAdder();

  /** Times a peer was reported because it did not keep up with what it was sent. */
  public final LongAdder peersSlow = new LongAdder();

  /** Peers shed because they did not take what they were sent. */
  public final LongAdder peersShed = new LongAdder();

  /** Copies handed to sessions, own and forwarded. */
  public final LongAdder messagesSent = new LongAdder();

  /** Their encoded bytes. */
  public final LongAdder messagesSentBytes = new LongAdder();

  /** Copies that a session refused because its queue was at the hard limit. */
  public final LongAdder sendOverflows = new LongAdder();

  /** Copies that do not fit the carrier of a session. */
  public final LongAdder sendTooLarge = new LongAdder();

  /** Control messages that a session refused. */
  public final LongAdder controlRefused = new LongAdder();

  /** Publishes received, copies included. */
  public final LongAdder messagesReceived = new LongAdder();

  /** Their encoded bytes. */
  public final LongAdder messagesReceivedBytes = new LongAdder();

  /** Messages given to the application. */
  public final LongAdder delivered = new LongAdder();

  /** Their payload bytes after opening. */
  public final LongAdder deliveredBytes = new LongAdder();

  /** Messages of own topics that the room's key does not open. */
  public final LongAdder unopened = new LongAdder();

  /** Messages ignored because too many of their channel waited for its validator. */
  public final LongAdder validationsRefused = new LongAdder();

  /** Own messages that found the own subscriber's queue full for too long. */
  public final LongAdder selfDeliveriesDropped = new LongAdder();

  /** Messages that made room for later ones in a subscriber's queue. */
  public final LongAdder deliveriesDroppedOldest = new LongAdder();

  /** Messages for which a subscriber's queue had no room. */
  public final LongAdder deliveriesDroppedNewest = new LongAdder();

  /** Messages for a subscriber that gives nothing up, dropped because it stood still for long. */
  public final LongAdder deliveriesDroppedStill = new LongAdder();

  /** Times a full subscriber's queue held up the node. */
  public final LongAdder deliveryBlocks = new LongAdder();

  /** Times a session's reading was paused because the node was behind. */
  public final LongAdder readPauses = new LongAdder();

  /** Packets that are no envelope. */
  public final LongAdder badEnvelopes = new LongAdder();

  /** Publishes without topic or id, or larger than allowed. */
  public final LongAdder badPublishes = new LongAdder();

  /** Publishes under an id that is not theirs. */
  public final LongAdder forgedIds = new LongAdder();

  /** Envelopes of a type that this node does not handle. */
  public final LongAdder ignoredEnvelopes = new LongAdder();

  /** Announcements over the rate limit of their session. */
  public final LongAdder announcesThrottled = new LongAdder();

  /** Announcements that are malformed, or whose signature is missing or bad. */
  public final LongAdder announcesInvalid = new LongAdder();

  /** Contributions to the network statistics that said something new. */
  public final LongAdder statisticsNew = new LongAdder();

  /** Contributions that were known. */
  public final LongAdder statisticsKnown = new LongAdder();

  /** Contributions to an epoch that is too far away. */
  public final LongAdder statisticsOutOfWindow = new LongAdder();

  /** Contributions too large or not readable, held against the sender. */
  public final LongAdder statisticsBad = new LongAdder();

  /** Contributions not looked at or not taken, for what their sender may not know. */
  public final LongAdder statisticsRefused = new LongAdder();

  /** Contributions over the rate limit of their session. */
  public final LongAdder statisticsThrottled = new LongAdder();

  /** Contributions that had to go because an epoch had too many. */
  public final LongAdder statisticsEvicted = new LongAdder();

  /** Announcements against better knowledge, too soon, or more than could be verified. */
  public final LongAdder announcesRefused = new LongAdder();

  /** Announcements that a peer was not sent because too many waited for it. */
  public final LongAdder announcesDropped = new LongAdder();

  /** Known peers forgotten for others. */
  public final LongAdder knownPeersEvicted = new LongAdder();

  /** Messages of the overlay over the rate limit of their session. */
  public final LongAdder overlayThrottled = new LongAdder();

  /** Messages of NAT traversal over the rate limit of their session. */
  public final LongAdder natThrottled = new LongAdder();

  /** Direct paths and hole punching. */
  public final PunchCounters punch = new PunchCounters();

  /** Addresses named in the overlay that were dialled. */
  public final LongAdder attachmentsDialed = new LongAdder();

  /** Addresses named there that were not: no literals, too close, or too many. */
  public final LongAdder attachmentsRefused = new LongAdder();

  /** Events dropped because the application did not keep up. */
  public final LongAdder eventsDropped = new LongAdder();

  /** Exceptions out of callbacks. */
  public final LongAdder callbackFailures = new LongAdder();

  /** Exceptions caught on the node's loop: faults of this program. */
  public final LongAdder loopFaults = new LongAdder();

  /** Dials that gave a session. */
  public final LongAdder dialsSucceeded = new LongAdder();

  /** Dials that failed. */
  public final LongAdder dialsFailed = new LongAdder();

  /** Sessions registered. */
  public final LongAdder sessionsRegistered = new LongAdder();

  private final Map<CloseReason, LongAdder> sessionsClosed = new EnumMap<>(CloseReason.class);

  public NodeCounters() {
    for (CloseReason reason : CloseReason.values()) {
      sessionsClosed.put(reason, new LongAdder());
    }
  }

  /** Sessions ended for this reason, registered or not. */
  public LongAdder sessionsClosed(CloseReason reason) {
    LongAdder adder = sessionsClosed.get(reason);
    if (adder == null) {
      throw new IllegalArgumentException("no counter for " + reason);
    }
    return adder;
  }
}
