// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.rate;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often strangers of one place may begin a handshake, finished or not: each costs this node
 * some tenths of a millisecond, and whoever finishes them quickly never has many under way.
 * Thread-safe.
 */
public final class HandshakeRate {
  /** Handshakes of a place at once: as many nodes may come back together behind one NAT. */
  static final int BURST = 64;

  /** After so long it may begin one more: 16 in a second. */
  static final long INTERVAL_NS = 62_500_000L;

  /** Places remembered; the one not heard of for longest goes. */
  static final int MAX_PLACES = 4096;

  private final long intervalNs;
  private final long burstNs;
  private final Predicate<InetAddress> exempt;
  // When each place has used up nothing any more, least recently heard of first.
  private final Map<InetAddress, Long> restedNs = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  /**
   * Makes one.
   *
   * @param burst handshakes of a place at once, 1 or more
   * @param intervalNs after which a place may begin one more, above 0
   * @param exempt addresses without a limit
   */
  public HandshakeRate(int burst, long intervalNs, Predicate<InetAddress> exempt) {
    this.intervalNs = intervalNs;
    this.burstNs = burst * intervalNs;
    this.exempt = exempt;
  }

  /** The usual one: who is on this machine need not be slowed down by it. */
  public static HandshakeRate ofStrangers() {
    return new HandshakeRate(BURST, INTERVAL_NS, InetAddress::isLoopbackAddress);
  }

  /** Whether a handshake may begin, which then counts. */
  public synchronized boolean take(InetAddress address, long nowNs) {
    if (exempt.test(address)) {
      return true;
    }
    InetAddress place = Places.of(address);
    Long known = restedNs.get(place);
    long from = known == null || known - nowNs < 0 ? nowNs : known;
    if (from + intervalNs - nowNs > burstNs) {
      return false;
    }
    restedNs.put(place, from + intervalNs);
    if (restedNs.size() > MAX_PLACES) {
      forgetOne(nowNs);
    }
    return true;
  }

  private void forgetOne(long nowNs) {
    Iterator<Long> oldest = restedNs.values().iterator();
    if (oldest.next() - nowNs > 0) {
      forgotten++;
    }
    oldest.remove();
  }

  /** Places forgotten before what they had used up was theirs again. */
  public synchronized long forgotten() {
    return forgotten;
  }
}
