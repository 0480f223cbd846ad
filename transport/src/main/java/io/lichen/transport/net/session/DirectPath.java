// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One relayed session's search for a path without the relay, and its watch over the one it found
 * (docs/wire/net-transport.md, "Direct paths"). Keys, counters and streams of the session stay as
 * they are, so that nothing on them is lost or doubled. On the loop.
 */
final class DirectPath {
  static final int ROUNDS = 3;
  static final int MISSES = 3;
  static final long CHECK_MS = 5000;

  private static final long ROUND_MS = 300;
  private static final long GATHER_MS = 250;
  private static final long REPLY_MS = 2000;
  private static final long MISS_MS = 1000;
  private static final long BUSY_MS = 1000;
  private static final long FIRST_RETRY_MS = 5000;
  private static final int MAX_DOUBLINGS = 6;
  private static final double JITTER = 0.25;
  private static final int STEADY_CHECKS = 12;
  private static final int MAX_CANDIDATES = PathMessage.MAX_ADDRESSES + 1;
  private static final long QUIET_NS = 500_000_000L;

  private enum Step {
    RESTING,
    OFFERING,
    PROBING,
    DIRECT
  }

  private final DirectPaths all;
  private final PacketSession session;
  private final boolean leads;
  private final Map<Long, InetSocketAddress> probes = new HashMap<>();
  private final List<InetSocketAddress> candidates = new ArrayList<>();
  private Step step = Step.RESTING;
  private boolean isSearching;
  private int rounds;
  private int failures;
  private int misses;
  private int checks;
  private long promptedNs;
  private @Nullable Future<?> timer;

  DirectPath(DirectPaths all, PacketSession session) {
    this.all = all;
    this.session = session;
    long self = all.context().config.nodeId();
    leads = Long.compareUnsigned(self, session.peerNodeId()) < 0;
    promptedNs = all.context().loop.nowNs() - QUIET_NS;
  }

  /** The peer knows these messages: the end with the lower node id begins. */
  void wanted() {
    if (timer == null && failures == 0 && step == Step.RESTING) {
      all.askPeers();
      if (leads) {
        after(GATHER_MS, this::search);
      }
    }
  }

  private void search() {
    if (!beginSearch()) {
      after(BUSY_MS, this::search);
      return;
    }
    all.context().counters.directSearches.increment();
    all.askPeers();
    after(GATHER_MS, this::offer);
  }

  private void offer() {
    step = Step.OFFERING;
    candidates.clear();
    all.send(session, new PathMessage.Offer(false, all.ownAddresses()));
    after(REPLY_MS, this::failed);
  }

  /** The peer says where it may be reached; false if that is of no use now. */
  boolean onOffer(PathMessage.Offer offer) {
    if (offer.isReply() ? step != Step.OFFERING : leads || !isPromptedAgain()) {
      return false;
    }
    if (!offer.isReply()) {
      all.askPeers();
      all.send(session, new PathMessage.Offer(true, all.ownAddresses()));
    }
    if (session.viaRelay()) {
      if (!offer.isReply()) {
        candidates.clear();
      }
      probe(all.usable(session, offer.addresses()));
    }
    return true;
  }

  /** A peer sets this off twice a second at most. */
  private boolean isPromptedAgain() {
    long nowNs = all.context().loop.nowNs();
    if (nowNs - promptedNs < QUIET_NS) {
      return false;
    }
    promptedNs = nowNs;
    return true;
  }

  private void probe(List<InetSocketAddress> addresses) {
    if (!beginSearch()) {
      return;
    }
    step = Step.PROBING;
    addresses.forEach(this::isNew);
    rounds = 0;
    probes.clear();
    round();
  }

  /** Addresses that are worth a probe, by the word of this node itself. */
  void hint(List<InetSocketAddress> addresses) {
    if (step == Step.PROBING) {
      addresses.stream().filter(this::isNew).forEach(this::probe);
    } else {
      candidates.clear();
      probe(addresses);
    }
  }

  private void round() {
    if (rounds++ == ROUNDS) {
      failed();
      return;
    }
    candidates.forEach(this::probe);
    after(ROUND_MS, this::round);
  }

  private void probe(InetSocketAddress address) {
    long token = all.context().secrets.random().nextLong();
    probes.put(token, address);
    all.sendStraight(session, address, new PathMessage.Probe(token));
  }

  /** The peer has reached this node from an address, which may lead back; it was answered. */
  void onProbe(InetSocketAddress from) {
    if (!session.viaRelay() || all.usable(session, List.of(from)).isEmpty()) {
      return;
    }
    if (step == Step.RESTING) {
      if (isPromptedAgain()) {
        candidates.clear();
        probe(List.of(from));
      }
    } else if (isNew(from) && step == Step.PROBING) {
      probe(from);
    }
  }

  /** Whether the address becomes one that is asked, and was none. */
  private boolean isNew(InetSocketAddress address) {
    return !candidates.contains(address)
        && candidates.size() < MAX_CANDIDATES
        && candidates.add(address);
  }

  /** What was sent to an address has come back from there. */
  boolean onAnswer(long token, InetSocketAddress from) {
    InetSocketAddress probed = probes.get(token);
    if (probed == null || !probed.equals(from)) {
      return false;
    }
    if (step == Step.DIRECT) {
      misses = 0;
      probes.clear();
    } else {
      found(probed);
    }
    return true;
  }

  private void found(InetSocketAddress address) {
    endSearch();
    probes.clear();
    step = Step.DIRECT;
    misses = 0;
    checks = 0;
    all.context().counters.directFound.increment();
    after(CHECK_MS, this::check);
    all.move(session, address);
  }

  private void check() {
    if (misses == MISSES) {
      lost();
      return;
    }
    misses++;
    probe(session.address());
    after(MISS_MS, this::look);
  }

  private void look() {
    if (misses > 0) {
      check();
      return;
    }
    if (++checks == STEADY_CHECKS) {
      failures = 0;
    }
    after(CHECK_MS - MISS_MS, this::check);
  }

  private void lost() {
    all.context().counters.directLost.increment();
    rest();
    all.move(session, null);
  }

  private void failed() {
    all.context().counters.directFailed.increment();
    endSearch();
    rest();
  }

  /** The leading end looks again later, the later the more often it was in vain. */
  private void rest() {
    step = Step.RESTING;
    probes.clear();
    failures++;
    if (leads) {
      long delayMs = FIRST_RETRY_MS << Math.min(failures - 1, MAX_DOUBLINGS);
      double share = 1 - JITTER * all.context().secrets.random().nextDouble();
      after((long) (delayMs * share), this::search);
    } else {
      stopTimer();
    }
  }

  private boolean beginSearch() {
    isSearching = isSearching || all.beginSearch();
    return isSearching;
  }

  private void endSearch() {
    if (isSearching) {
      isSearching = false;
      all.endSearch();
    }
  }

  private void after(long delayMs, Runnable next) {
    stopTimer();
    try {
      timer = all.context().loop.schedule(next, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The transport closes, and the session with it.
      timer = null;
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** The session is over, or the peer wants none of this. */
  void stop() {
    stopTimer();
    endSearch();
    probes.clear();
  }
}
