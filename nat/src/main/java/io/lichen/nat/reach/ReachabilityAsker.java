// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Has peers try to connect to this node's address, until two hosts have agreed
 * (docs/wire/moss-nat.md, "Reachability"). Not thread-safe; knows no sessions and no clock.
 */
public final class ReachabilityAsker<P> {
  /** Hosts that have to have connected. */
  public static final int ENOUGH = 2;

  /** Peers that are asked at most before it is given up. */
  public static final int MAX_ASKED = 6;

  /** How long one is waited for, in nanoseconds. */
  public static final long ANSWER_LIMIT_NS = 2_000_000_000L;

  private static final int ID_BYTES = 16;

  private record Asked<P>(Attester<P> attester, long untilNs) {}

  private final RandomGenerator random;
  private final AskerOutput<P> output;
  private final ArrayDeque<Attester<P>> left = new ArrayDeque<>();
  private final Map<String, Asked<P>> waiting = new HashMap<>();
  private InetSocketAddress address = new InetSocketAddress(0);
  private boolean underWay;
  private int asked;
  private int connected;
  private int failed;

  /**
   * Makes one that does nothing yet.
   *
   * @param random one whose numbers nobody guesses
   */
  public ReachabilityAsker(RandomGenerator random, AskerOutput<P> output) {
    this.random = random;
    this.output = output;
  }

  /** Whether it has begun and not decided. */
  public boolean isUnderWay() {
    return underWay;
  }

  /**
   * Begins anew; what was under way is forgotten.
   *
   * @param own the address to which they are to connect
   * @param attesters those that may be asked; who of them is comes out by lot, one for each host
   */
  public void start(InetSocketAddress own, List<Attester<P>> attesters, long nowNs) {
    cancel();
    underWay = true;
    address = own;
    asked = 0;
    connected = 0;
    failed = 0;
    List<Attester<P>> lot = new ArrayList<>(attesters);
    Collections.shuffle(lot, random);
    Set<InetAddress> hosts = new HashSet<>();
    lot.stream().filter(each -> hosts.add(each.host())).limit(MAX_ASKED).forEach(left::add);
    goOn(nowNs);
  }

  /** Ends without a decision. */
  public void cancel() {
    underWay = false;
    left.clear();
    waiting.clear();
  }

  /**
   * A peer says whether it could connect.
   *
   * @return whether it had been asked, and this is its first word
   */
  public boolean answered(P from, String requestId, boolean reachable, long nowNs) {
    Asked<P> question = waiting.get(requestId);
    if (question == null || !question.attester().peer().equals(from)) {
      return false;
    }
    waiting.remove(requestId);
    if (reachable) {
      connected++;
    } else {
      failed++;
    }
    goOn(nowNs);
    return true;
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} if nothing waits. */
  public long nextDeadlineNs() {
    if (waiting.isEmpty()) {
      // Asked in every turn of a node's loop.
      return Long.MAX_VALUE;
    }
    return waiting.values().stream().mapToLong(Asked::untilNs).min().orElse(Long.MAX_VALUE);
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  public void onTimer(long nowNs) {
    if (waiting.values().removeIf(each -> each.untilNs() - nowNs <= 0)) {
      goOn(nowNs);
    }
  }

  /** Asks as many more as could bring the decision, or decides. */
  private void goOn(long nowNs) {
    while (connected + waiting.size() < ENOUGH && failed < ENOUGH && !left.isEmpty()) {
      ask(left.removeFirst(), nowNs);
    }
    if (connected >= ENOUGH) {
      decide(Reach.YES, nowNs);
    } else if (failed >= ENOUGH || waiting.isEmpty()) {
      decide(soFar(), nowNs);
    }
  }

  private Reach soFar() {
    if (failed > connected) {
      return Reach.NO;
    }
    return connected > failed ? Reach.ONE : Reach.UNKNOWN;
  }

  private void ask(Attester<P> attester, long nowNs) {
    byte[] octets = new byte[ID_BYTES];
    random.nextBytes(octets);
    String id = HexFormat.of().formatHex(octets);
    waiting.put(id, new Asked<>(attester, nowNs + ANSWER_LIMIT_NS));
    asked++;
    output.ask(attester.peer(), id, address);
  }

  private void decide(Reach reach, long nowNs) {
    cancel();
    output.decided(reach, asked, nowNs);
  }
}
