// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import io.lichen.nat.profile.Sample;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what this node is behind by asking peers where they see it; what an operator or a
 * gateway says takes precedence (docs/wire/net-nat.md, "What a node is behind"). Belongs to the
 * node's loop, but for {@link #view}.
 */
public final class Classification {
  /** Between two rounds, if they are repeated. */
  public static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(60);

  /** Between two looks whether there are peers enough for the first round. */
  static final long FIRST_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /** After a round that told nothing. */
  static final long RETRY_NS = TimeUnit.SECONDS.toNanos(10);

  /** Peers asked in a round. */
  static final int MAX_PEERS = 4;

  private static final int ENOUGH = 2;
  private static final long NEVER = Long.MAX_VALUE;

  private final ReflexProbes probes;
  private final NatPeers peers;
  private final OwnPorts ports;
  private final Predicate<InetSocketAddress> isBound;
  private final Consumer<NatView> changed;
  private final LongSupplier clockNs;
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile NatView view = NatView.UNKNOWN;
  private @Nullable InetSocketAddress said;
  private @Nullable InetSocketAddress opened;
  private long dueNs = NEVER;
  private boolean isRepeated;
  private boolean isUnderWay;

  /**
   * Knows nothing, and asks nobody by itself.
   *
   * @param ports learns what peers see
   * @param isBound whether the node's socket has exactly this address
   * @param changed told of every change
   */
  public Classification(
      ReflexProbes probes,
      NatPeers peers,
      OwnPorts ports,
      Predicate<InetSocketAddress> isBound,
      Consumer<NatView> changed,
      LongSupplier clockNs) {
    this.probes = probes;
    this.peers = peers;
    this.ports = ports;
    this.isBound = isBound;
    this.changed = changed;
    this.clockNs = clockNs;
  }

  /** What is known now. Any thread. */
  public NatView view() {
    return view;
  }

  /** Asks again and again from now on. */
  public void repeat(long nowNs) {
    isRepeated = true;
    dueNs = nowNs;
  }

  /** Something has changed that peers may see: if rounds are repeated, the next one is due. */
  public void unsettled(long nowNs) {
    if (isRepeated) {
      dueNs = nowNs;
    }
  }

  /** An operator knows where this node is seen: so it is, and no peer is asked. */
  public void override(InetSocketAddress seen) {
    said = seen;
    become(new NatView(Openness.OPEN, seen, true));
  }

  /** Gateways count again, and peers; until they are asked, nothing is known. */
  public void clearOverride(long nowNs) {
    said = null;
    settle(nowNs);
  }

  /** A gateway has opened the node's port at this address; {@code null} if none has any more. */
  public void opened(@Nullable InetSocketAddress external, long nowNs) {
    opened = external;
    settle(nowNs);
  }

  private void settle(long nowNs) {
    InetSocketAddress known = said == null ? opened : said;
    if (known != null) {
      become(new NatView(Openness.OPEN, known, true));
    } else if (view.isOverride()) {
      become(NatView.UNKNOWN);
      unsettled(nowNs);
    }
  }

  private void become(NatView now) {
    if (now.openness() != Openness.SYMMETRIC) {
      ports.forget();
    }
    if (!now.equals(view)) {
      view = now;
      changed.accept(now);
    }
  }

  /**
   * Asks peers now, unless they are being asked; with fewer than two of them nothing changes.
   *
   * @param done called once, when all have answered or the time is up
   */
  public void classify(long nowNs, Runnable done) {
    waiting.add(done);
    if (!isUnderWay) {
      isUnderWay = true;
      List<Long> asked = view.isOverride() ? List.of() : chosen();
      new Sweep(asked).start(nowNs);
    }
  }

  /** Of as many hosts as there are: a NAT may treat all ports of one host alike. */
  private List<Long> chosen() {
    Map<InetAddress, List<Long>> byHost = new LinkedHashMap<>();
    for (long peer : peers.direct()) {
      InetSocketAddress address = peers.direct(peer);
      if (address != null) {
        byHost.computeIfAbsent(address.getAddress(), host -> new ArrayList<>()).add(peer);
      }
    }
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < MAX_PEERS; i++) {
      int rank = i;
      byHost.values().stream()
          .filter(ofHost -> ofHost.size() > rank)
          .forEach(ofHost -> chosen.add(ofHost.get(rank)));
    }
    return chosen.size() < ENOUGH
        ? List.of()
        : List.copyOf(chosen.subList(0, Math.min(MAX_PEERS, chosen.size())));
  }

  private final class Sweep {
    private final List<Long> asked;
    private final Map<Long, Sample> samples = new LinkedHashMap<>();
    private int left;

    private Sweep(List<Long> asked) {
      this.asked = asked;
      this.left = asked.size();
    }

    private void start(long nowNs) {
      if (asked.isEmpty()) {
        end();
      }
      for (long peer : asked) {
        InetSocketAddress observer = peers.direct(peer);
        probes.probe(peer, nowNs, seen -> onAnswer(peer, observer, seen));
      }
    }

    private void onAnswer(
        long peer, @Nullable InetSocketAddress observer, @Nullable InetSocketAddress seen) {
      if (seen != null && observer != null) {
        samples.put(peer, new Sample(observer.getAddress(), seen));
      }
      if (--left == 0) {
        end();
      }
    }

    private void end() {
      Verdict verdict = Verdict.of(List.copyOf(samples.values()), isBound);
      if (verdict != null && !view.isOverride()) {
        become(found(verdict));
      }
      isUnderWay = false;
      if (isRepeated) {
        dueNs = clockNs.getAsLong() + pauseNs(verdict);
      }
      List<Runnable> told = List.copyOf(waiting);
      waiting.clear();
      told.forEach(Runnable::run);
    }

    private NatView found(Verdict verdict) {
      if (verdict.openness() != Openness.SYMMETRIC) {
        return new NatView(verdict.openness(), verdict.seen(), false);
      }
      Map<Long, InetSocketAddress> seen = new HashMap<>();
      samples.forEach((peer, sample) -> seen.put(peer, sample.mapped()));
      ports.learn(seen);
      return new NatView(verdict.openness(), verdict.seen(), false, ports.step());
    }

    private long pauseNs(@Nullable Verdict verdict) {
      if (asked.isEmpty()) {
        return view.isOverride() ? INTERVAL_NS : FIRST_LOOK_NS;
      }
      return verdict == null ? RETRY_NS : INTERVAL_NS;
    }
  }

  /** When {@link #onTimer} is wanted; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    return isUnderWay ? NEVER : dueNs;
  }

  /** Begins a round that is due. */
  public void onTimer(long nowNs) {
    if (!isUnderWay && dueNs != NEVER && dueNs - nowNs <= 0) {
      dueNs = NEVER;
      classify(nowNs, () -> {});
    }
  }
}
