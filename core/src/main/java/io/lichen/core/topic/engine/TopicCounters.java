// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import java.util.concurrent.atomic.LongAdder;

/** What became of the messages and frames of a topic. */
public final class TopicCounters {
  /** Messages appended to the log. */
  public final LongAdder appended = new LongAdder();

  /** Of these, those that a peer's log gave. */
  public final LongAdder fetched = new LongAdder();

  /** Copies of messages that the log had. */
  public final LongAdder duplicates = new LongAdder();

  /** Messages that the log could not take: the disk failed or is full, or the log is closed. */
  public final LongAdder failures = new LongAdder();

  /** Messages, delivered or fetched, that are not what they say, or nothing a record can hold. */
  public final LongAdder refused = new LongAdder();

  /** Messages that were not fetched because the log may have had and forgotten them. */
  public final LongAdder tooOld = new LongAdder();

  /** Messages that a peer named and did not send: evicted meanwhile, or too large for the way. */
  public final LongAdder unavailable = new LongAdder();

  /** Requests of peers that were answered. */
  public final LongAdder answered = new LongAdder();

  /** Requests of peers that were not: too many, or the way to the peer is congested. */
  public final LongAdder throttled = new LongAdder();

  /** Own requests to which no answer came in time. */
  public final LongAdder timeouts = new LongAdder();

  /** Frames that are none, that nobody asked for, or that break the rules. */
  public final LongAdder badFrames = new LongAdder();
}
