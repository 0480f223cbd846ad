// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.core.net.nat.Rendezvous.Request;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.HolePunch;
import io.lichen.nat.punch.PunchEnd;
import io.lichen.nat.punch.PunchSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A punch that this node has asked for. */
final class Asking implements HolePunch.Output<Long> {
  /** How long one request waits for its answer before it is sent again, once. */
  static final long ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final PunchSettings SETTINGS =
      new PunchSettings(
          2, TimeUnit.SECONDS.toNanos(3), KeepAliveTrain.SHOTS, KeepAliveTrain.MAX_LANES);

  private final long target;
  private final Requests all;
  private final Requests.Listener listener;
  private final KeepAliveTrain train;
  private final HolePunch<Long> punch;
  private int punchId;
  private @Nullable InetSocketAddress self;
  private @Nullable InetSocketAddress named;
  private @Nullable InetSocketAddress heard;
  private @Nullable RejectReason rejection;
  private long coordinator;
  private boolean isAnswered;
  private boolean isHinted;
  private int sends;
  private long sentNs = Long.MAX_VALUE;
  private boolean isMediated;

  Asking(
      long target,
      List<Long> coordinators,
      long deadlineNs,
      Requests all,
      Requests.Listener listener) {
    this.target = target;
    this.all = all;
    this.listener = listener;
    this.train = new KeepAliveTrain(all.self, target, all.out, all.counters, all.ports);
    this.punch = new HolePunch<>(SETTINGS, coordinators, deadlineNs, this);
  }

  void start(long nowNs) {
    punch.start(nowNs);
  }

  /** First where the coordinator sees this node: it will not introduce anybody else. */
  @Override
  public void ask(Long next, int attempt, long nowNs) {
    coordinator = next;
    punchId = all.freshId();
    isAnswered = false;
    isHinted = false;
    sends = 0;
    sentNs = Long.MAX_VALUE;
    int id = punchId;
    all.locate(next, nowNs, seen -> located(id, seen));
  }

  private void located(int id, @Nullable InetSocketAddress seen) {
    long nowNs = all.clockNs.getAsLong();
    if (id != punchId || punch.isOver()) {
      return;
    }
    self = seen;
    if (seen == null) {
      refused(nowNs);
    } else {
      request(seen, nowNs);
    }
  }

  private void request(InetSocketAddress here, long nowNs) {
    sends++;
    sentNs = nowNs;
    byte[] request = new Request(target, punchId, here).encode();
    if (!all.out.send(coordinator, SubprotocolIds.RENDEZVOUS, request)) {
      refused(nowNs);
    }
  }

  private void refused(long nowNs) {
    isAnswered = true;
    punch.refused(nowNs);
  }

  /** The coordinator has introduced both ends. */
  boolean onIntroduce(long from, Introduce introduce, long nowNs, long unixMs) {
    InetSocketAddress teller = all.peers.direct(from);
    if (from != coordinator || teller == null || !Hearsay.isUsable(introduce.address(), teller)) {
      return false;
    }
    isAnswered = true;
    named = introduce.address();
    if (!isMediated) {
      isMediated = true;
      all.counters.punchesAttempted.increment();
    }
    add(introduce.address(), nowNs);
    punch.offered(FireTime.atNs(introduce.fireAtMs(), unixMs, nowNs), nowNs);
    return true;
  }

  private void add(InetSocketAddress address, long nowNs) {
    if (train.admits(address)) {
      punch.add(Candidate.reported(address), nowNs);
    }
  }

  boolean onReject(long from, Reject reject, long nowNs) {
    if (from != coordinator || reject.punchId() != punchId || isAnswered) {
      return false;
    }
    rejection = reject.reason();
    all.counters.punchRejections.increment();
    refused(nowNs);
    return true;
  }

  /** Keep-alives of this node have come through, or the other end tells its next ports. */
  boolean onAck(long from, Ack ack, long nowNs) {
    InetSocketAddress there = named;
    if (from != coordinator || ack.to() != all.self || there == null) {
      return false;
    }
    PortHint hint = all.ports.areEnabled() ? PortHint.of(ack.punchId()) : null;
    if (hint == null) {
      // Where it speaks from leads there; where it was said to be need not.
      listener.onReached(target, heard == null ? there : heard, nowNs);
      return true;
    }
    return onHint(hint, there, nowNs);
  }

  /** Once for each introduction: more would make this node send to more ports. */
  private boolean onHint(PortHint hint, InetSocketAddress there, long nowNs) {
    if (!isAnswered || isHinted) {
      return false;
    }
    isHinted = true;
    // Where both NATs count, one end takes every second port, so that some pair meets, however
    // many ports each NAT has given to others meanwhile.
    int stride = all.ports.step() == 0 ? 1 : 2;
    train.window(hint.on(there), hint.step() * stride).forEach(each -> punch.add(each, nowNs));
    return true;
  }

  boolean onKeepAlive(InetSocketAddress from, long nowNs) {
    InetSocketAddress there = named;
    if (there == null || !KeepAliveTrain.isFrom(there, from)) {
      return false;
    }
    heard = from;
    train.acknowledge(coordinator, nowNs);
    add(from, nowNs);
    listener.onReached(target, from, nowNs);
    return true;
  }

  @Override
  public void fire(Candidate candidate, int shot) {
    train.fire(candidate, shot);
  }

  @Override
  public void over(PunchEnd end, long nowNs) {
    all.remove(target, this);
    if (end == PunchEnd.MISSED) {
      all.counters.punchTimeouts.increment();
    }
    listener.onOver(target, end, rejection, nowNs);
  }

  void met(long nowNs) {
    punch.met(nowNs);
  }

  void cancel(long nowNs) {
    punch.cancel(nowNs);
  }

  long nextDeadlineNs() {
    return Math.min(punch.nextDeadlineNs(), againNs());
  }

  private long againNs() {
    boolean waits = !isAnswered && sentNs != Long.MAX_VALUE && sends < 2;
    return waits ? sentNs + ANSWER_NS : Long.MAX_VALUE;
  }

  void onTimer(long nowNs) {
    InetSocketAddress here = self;
    if (here != null && againNs() != Long.MAX_VALUE && againNs() - nowNs <= 0) {
      request(here, nowNs);
    }
    punch.onTimer(nowNs);
  }
}
