// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of direct paths and hole punching. */
public final class PunchCounters {
  /** Attempts at a direct path that led to one. */
  public final LongAdder pathsDirect = new LongAdder();

  /** Attempts that did not. */
  public final LongAdder pathsMissed = new LongAdder();

  /** Attempts that were not begun, since too many were under way. */
  public final LongAdder pathsRefused = new LongAdder();

  /** Offers sent to coordinators. */
  public final LongAdder offersSent = new LongAdder();

  /** Replies to own offers that counted. */
  public final LongAdder repliesTaken = new LongAdder();

  /** Replies that did not: to nothing that was asked, from others than were asked, too many. */
  public final LongAdder repliesRefused = new LongAdder();

  /** Offers of others on which this node fired. */
  public final LongAdder offersTaken = new LongAdder();

  /** Offers on which it did not: too many, repeated, or an address that its teller may not name. */
  public final LongAdder offersRefused = new LongAdder();

  /** Messages passed on between two others. */
  public final LongAdder forwarded = new LongAdder();

  /** Offers answered at once with what is known of the target. */
  public final LongAdder answeredAtOnce = new LongAdder();

  /** Messages not passed on: in another's name, to nobody here, too many. */
  public final LongAdder forwardsRefused = new LongAdder();

  /** Messages that were none. */
  public final LongAdder malformed = new LongAdder();

  /** Sessions that races of addresses led to. */
  public final LongAdder racesMet = new LongAdder();

  /** Races that led to none. */
  public final LongAdder racesMissed = new LongAdder();

  /** Sessions that simultaneous connections over TCP led to. */
  public final LongAdder streamsMet = new LongAdder();

  /** Such connections that led to none; what came first from the other side is none of them. */
  public final LongAdder streamsMissed = new LongAdder();

  /** Such connections that were not tried, since too many were under way. */
  public final LongAdder streamsRefused = new LongAdder();

  /** Addresses that were not tried, since too many races were under way. */
  public final LongAdder racesRefused = new LongAdder();
}
