// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import io.lichen.nat.path.PairTable;
import io.lichen.nat.path.PairTable.Action;
import io.lichen.nat.path.PathAttempt;
import io.lichen.nat.path.PathEnd;
import io.lichen.nat.punch.PunchEnd;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a session without a relay: a dial, a punch, and at last the relay
 * (docs/wire/net-nat.md, "Direct connects").
 */
final class DirectConnect implements PathAttempt.Output, Requests.Listener {
  /** How long a way without a relay is looked for. */
  static final long DIRECT_NS = TimeUnit.SECONDS.toNanos(9);

  private final long target;
  private final byte[] publicKey;
  private final List<Long> coordinators;
  private final boolean isHelped;
  private final DirectConnects all;
  private final List<Consumer<DirectEnd>> waiting = new ArrayList<>();
  private Action action = Action.RELAY;
  private @Nullable PathAttempt path;
  private @Nullable CompletableFuture<NetSession> dial;
  private @Nullable InetSocketAddress dialled;
  private @Nullable RejectReason rejection;
  private boolean isPunched;
  private boolean isReached;
  private boolean isOver;

  DirectConnect(long target, byte[] publicKey, List<Long> coordinators, DirectConnects all) {
    this.target = target;
    this.publicKey = publicKey.clone();
    this.isHelped = !coordinators.isEmpty();
    this.coordinators =
        coordinators.stream().filter(node -> all.peers.direct(node) != null).toList();
    this.all = all;
  }

  void join(Consumer<DirectEnd> done) {
    if (waiting.size() < DirectConnects.MAX_WAITING) {
      waiting.add(done);
    } else {
      done.accept(new DirectEnd.Busy());
    }
  }

  void start(Openness own, long nowNs) {
    boolean isPredictable = all.ports.step() != 0 && all.peers.portStep(target) != 0;
    action = PairTable.action(own, all.peers.openness(target), isPredictable);
    boolean isDialable = action == Action.DIRECT && all.peers.announced(target) != null;
    boolean isPunchable = action != Action.RELAY && !coordinators.isEmpty();
    if (action == Action.PUNCH && !isPunchable) {
      all.counters.noCoordinator.increment();
    }
    if (isDialable || isPunchable) {
      PathAttempt.Terms terms = new PathAttempt.Terms(isDialable, false, isPunchable);
      PathAttempt attempt = new PathAttempt(terms, nowNs + DIRECT_NS, this);
      path = attempt;
      attempt.start(nowNs);
    } else {
      relay();
    }
  }

  // What the path wants done.

  @Override
  public void dial(long budgetNs, long nowNs) {
    InetSocketAddress address = all.peers.announced(target);
    if (address != null) {
      dialStraight(address);
    } else if (path != null) {
      path.dialFailed(nowNs);
    }
  }

  private void dialStraight(InetSocketAddress address) {
    CompletableFuture<NetSession> before = dial;
    if (before != null) {
      dial = null;
      before.cancel(false);
    }
    dialled = address;
    all.ports.spokeTo(address);
    CompletableFuture<NetSession> begun =
        all.dials.connect(new NetDial(address, publicKey, target, NetDial.Way.ROUTED));
    dial = begun;
    var unused = begun.whenComplete((session, failure) -> onDialled(begun, failure));
  }

  private void onDialled(CompletableFuture<NetSession> ended, @Nullable Throwable failure) {
    long nowNs = all.clockNs.getAsLong();
    if (ended != dial || path == null) {
      return;
    }
    dial = null;
    if (failure == null) {
      path.connected(nowNs);
    } else {
      dialled = null;
      path.dialFailed(nowNs);
    }
  }

  @Override
  public void punch(long budgetNs, long nowNs) {
    isPunched = all.requests.request(target, coordinators, this, nowNs);
    if (!isPunched && path != null) {
      path.punchFailed(nowNs);
    }
  }

  /** What reaches the other end, or comes from it, may be answered there. */
  @Override
  public void onReached(long node, InetSocketAddress address, long nowNs) {
    isReached = true;
    if (!all.dials.tryPath(target, address) && !(dial != null && address.equals(dialled))) {
      dialStraight(address);
    }
  }

  @Override
  public void onOver(long node, PunchEnd end, @Nullable RejectReason rejected, long nowNs) {
    rejection = rejected;
    if (path != null && end != PunchEnd.MET) {
      path.punchFailed(nowNs);
    }
  }

  @Override
  public void over(PathEnd end, long nowNs) {
    CompletableFuture<NetSession> left = dial;
    dial = null;
    if (left != null) {
      left.cancel(false);
    }
    if (end == PathEnd.DIRECT) {
      all.requests.met(target, nowNs);
      if (isReached) {
        all.counters.punchesSucceeded.increment();
      }
      end(new DirectEnd.Session(true));
    } else {
      all.requests.cancel(target, nowNs);
      relay();
    }
  }

  /** There is such a session, whoever of the two has opened it. */
  void met(long nowNs) {
    if (path != null && !path.isOver()) {
      path.connected(nowNs);
    } else {
      end(new DirectEnd.Session(true));
    }
  }

  // The relay.

  private void relay() {
    InetSocketAddress relay = relayAddress();
    if (all.dials.isConnected(target)) {
      fellBack();
    } else if (relay == null) {
      end(whyNot());
    } else {
      NetDial over = new NetDial(relay, publicKey, target, NetDial.Way.RELAYED);
      var unused =
          all.dials
              .connect(over)
              .whenComplete(
                  (session, failure) -> {
                    if (failure == null) {
                      fellBack();
                    } else {
                      end(rejection == null ? new DirectEnd.Unanswered(failure) : whyNot());
                    }
                  });
    }
  }

  private @Nullable InetSocketAddress relayAddress() {
    for (long coordinator : coordinators) {
      InetSocketAddress address = all.peers.direct(coordinator);
      if (address != null) {
        return address;
      }
    }
    return all.dials.nextHop(target);
  }

  private void fellBack() {
    if (!isOver) {
      all.counters.relayFallbacks.increment();
    }
    end(new DirectEnd.Session(false));
  }

  private DirectEnd whyNot() {
    if (rejection != null) {
      return new DirectEnd.Rejected(rejection);
    }
    if (isPunched) {
      return new DirectEnd.PunchFailed();
    }
    return isHelped || action == Action.DIRECT
        ? new DirectEnd.NotReachable()
        : new DirectEnd.NoCoordinator();
  }

  private void end(DirectEnd end) {
    if (!isOver) {
      isOver = true;
      all.remove(target, this);
      waiting.forEach(done -> done.accept(end));
    }
  }

  long nextDeadlineNs() {
    return path == null ? Long.MAX_VALUE : path.nextDeadlineNs();
  }

  void onTimer(long nowNs) {
    if (path != null) {
      path.onTimer(nowNs);
    }
  }
}
