// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import io.lichen.nat.profile.PortStep;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.HolePunch;
import io.lichen.nat.punch.PortPrediction;
import io.lichen.nat.punch.PunchEnd;
import io.lichen.nat.punch.PunchRace;
import io.lichen.nat.punch.PunchSettings;
import io.lichen.nat.punch.Shots;
import io.lichen.testkit.VirtualTime;
import io.lichen.testkit.nat.SimUdpHost;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One end of a punch: the engine, and around it as little of a protocol as will do. Who fires says
 * INIT, who hears that says HELLO; a HELLO that comes shows that both directions are open.
 */
final class PunchPeer {
  static final byte OBSERVE = 1;
  static final byte SEEN = 2;
  static final byte INIT = 3;
  static final byte HELLO = 4;
  static final int PORT = 5000;

  private static final long MS = 1_000_000;
  private static final long LEAD_NS = 750 * MS;
  private static final int PREDICTED = 16;
  private static final int MAX_CANDIDATES = 20;
  private static final int MAX_PORT = 65_535;
  private static final Shots SHOTS = new Shots(List.of(0L, 75 * MS, 150 * MS), 200 * MS);
  private static final PunchSettings SETTINGS =
      new PunchSettings(3, 1_500 * MS, SHOTS, MAX_CANDIDATES);

  private final VirtualTime time;
  private final SimUdpHost host;
  private final List<InetSocketAddress> observers;

  /** By the observer's number: in the order in which they were asked, whoever answers first. */
  private final SortedMap<Integer, InetSocketAddress> mapped = new TreeMap<>();

  private @Nullable HolePunch<PunchPeer> punch;
  private @Nullable PunchRace race;
  private boolean met;

  /**
   * Binds.
   *
   * @param observers say how they see whoever asks; a symmetric NAT shows each another port
   */
  PunchPeer(VirtualTime time, SimUdpHost host, List<InetSocketAddress> observers) {
    this.time = time;
    this.host = host;
    this.observers = observers;
    host.bind(PORT, this::onDatagram);
  }

  boolean hasMet() {
    return met;
  }

  /** Wants to meet another one. */
  void meet(PunchPeer other, long wayNs, long deadlineNs) {
    HolePunch<PunchPeer> started =
        new HolePunch<>(SETTINGS, List.of(other), deadlineNs, new Initiator(wayNs));
    punch = started;
    started.start(time.nowNs());
    arm();
  }

  /** Asks all observers, one after the other; the last is what it reports. */
  private void observe() {
    mapped.clear();
    for (int i = 0; i < observers.size(); i++) {
      InetSocketAddress observer = observers.get(i);
      time.schedule(i * MS, () -> host.send(PORT, observer, new byte[] {OBSERVE}));
    }
  }

  /** Where this end was seen last, and how far its next mapping is from that, if that shows. */
  private record Seen(InetSocketAddress address, int step) {}

  private @Nullable Seen report() {
    List<InetSocketAddress> all = List.copyOf(mapped.values());
    return all.isEmpty() ? null : new Seen(all.getLast(), PortStep.of(all));
  }

  private int step() {
    return PortStep.of(List.copyOf(mapped.values()));
  }

  /**
   * Where the other end may be. Where both NATs count, one end takes every second port, so that one
   * pair of ports meets whatever others behind the NATs took meanwhile.
   */
  private List<Candidate> candidates(@Nullable Seen other) {
    if (other == null) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.reported(other.address));
    int next = other.address.getPort() + other.step;
    if (other.step != 0 && next > 0 && next <= MAX_PORT) {
      boolean bothCount = punch != null && step() != 0;
      PortPrediction.window(
              new InetSocketAddress(other.address.getAddress(), next),
              bothCount ? 2 * other.step : other.step,
              PREDICTED)
          .stream()
          .map(Candidate::predicted)
          .forEach(candidates::add);
    }
    return candidates;
  }

  private final class Initiator implements HolePunch.Output<PunchPeer> {
    private final long wayNs;

    /** Takes how long a word to the other end, through whoever coordinates, takes. */
    Initiator(long wayNs) {
      this.wayNs = wayNs;
    }

    @Override
    public void ask(PunchPeer other, int attempt, long nowNs) {
      observe();
      // By then the observers have answered, or never will.
      time.schedule(4 * wayNs, () -> offer(other));
    }

    private void offer(PunchPeer other) {
      HolePunch<PunchPeer> asking = punch;
      if (asking == null || asking.isOver()) {
        return;
      }
      long fireAtNs = time.nowNs() + LEAD_NS;
      Seen own = report();
      time.schedule(wayNs, () -> other.onOffer(own, fireAtNs, back -> onReply(back)));
      asking.offered(fireAtNs, time.nowNs());
      arm();
    }

    private void onReply(@Nullable Seen other) {
      time.schedule(
          wayNs,
          () -> {
            HolePunch<PunchPeer> asking = punch;
            if (asking != null) {
              candidates(other).forEach(each -> asking.add(each, time.nowNs()));
              arm();
            }
          });
    }

    @Override
    public void fire(Candidate candidate, int shot) {
      send(INIT, candidate.address());
    }

    @Override
    public void over(PunchEnd end, long nowNs) {
      // What was met is noted where it is.
    }
  }

  private interface Reply {
    void with(@Nullable Seen seen);
  }

  private void onOffer(@Nullable Seen other, long fireAtNs, Reply reply) {
    observe();
    PunchRace started =
        new PunchRace(
            SHOTS,
            SETTINGS.maxCandidates(),
            fireAtNs,
            fireAtNs + SETTINGS.patienceNs(),
            new PunchRace.Output() {
              @Override
              public void fire(Candidate candidate, int shot) {
                send(INIT, candidate.address());
              }

              @Override
              public void missed(long nowNs) {
                // It will be asked again, or not.
              }
            });
    race = started;
    candidates(other).forEach(each -> started.add(each, time.nowNs()));
    time.schedule(LEAD_NS / 3, () -> reply.with(report()));
    arm();
  }

  private void onDatagram(InetSocketAddress from, byte[] datagram) {
    switch (datagram[0]) {
      case SEEN -> mapped.put(observers.indexOf(from), SimAddress.read(datagram));
      case INIT -> send(HELLO, from);
      case HELLO -> {
        if (!met) {
          met = true;
          send(HELLO, from);
          end();
        }
      }
      default -> throw new IllegalStateException("datagram " + datagram[0]);
    }
  }

  private void end() {
    if (punch != null) {
      punch.met(time.nowNs());
    }
    if (race != null) {
      race.end();
    }
  }

  private void send(byte what, InetSocketAddress to) {
    host.send(PORT, to, new byte[] {what});
  }

  /** Wakes the engines when they want it. */
  private void arm() {
    HolePunch<PunchPeer> asking = punch;
    PunchRace racing = race;
    long nextNs =
        Math.min(
            asking == null ? Long.MAX_VALUE : asking.nextDeadlineNs(),
            racing == null ? Long.MAX_VALUE : racing.nextDeadlineNs());
    if (nextNs != Long.MAX_VALUE) {
      time.schedule(Math.max(0, nextNs - time.nowNs()), this::onTimer);
    }
  }

  private void onTimer() {
    if (punch != null) {
      punch.onTimer(time.nowNs());
    }
    if (race != null) {
      race.onTimer(time.nowNs());
    }
    arm();
  }
}
