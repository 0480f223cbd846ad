// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.Faults;
import io.lichen.transport.net.SimTime;
import java.util.function.BooleanSupplier;

/** A link with faults between two ends, in virtual time. */
final class SimLink extends SimTime<SimLink.Arrival> {
  /** One end: what a datagram comes to, and whose timers run. */
  interface End {
    void onDatagram(SimDatagram datagram, long nowNs);

    void onBatchEnd(long nowNs);

    void onTimer(long nowNs);

    long nextDeadlineNs();
  }

  /** A datagram on its way to an end. */
  record Arrival(int to, SimDatagram datagram) {}

  private final End[] ends = new End[2];
  private final boolean[] bad = new boolean[2];
  private Faults faults;
  private long carried;

  SimLink(long seed, Faults faults) {
    super(seed);
    this.faults = faults;
  }

  void attach(int index, End end) {
    ends[index] = end;
  }

  void faults(Faults other) {
    faults = other;
  }

  long carried() {
    return carried;
  }

  /** Sends from an end to the other one. */
  void send(int from, SimDatagram datagram) {
    carried++;
    if (isLost(from)) {
      return;
    }
    arrive(1 - from, datagram);
    if (random.nextDouble() < faults.duplication()) {
      arrive(1 - from, datagram);
    }
  }

  private boolean isLost(int direction) {
    if (faults.burst() <= 1) {
      return random.nextDouble() < faults.loss();
    }
    double leave = 1 / faults.burst();
    double enter = leave * faults.loss() / (1 - faults.loss());
    bad[direction] = random.nextDouble() < (bad[direction] ? 1 - leave : enter);
    return bad[direction];
  }

  private void arrive(int to, SimDatagram datagram) {
    after(travelNs(faults), new Arrival(to, datagram));
  }

  boolean runUntil(BooleanSupplier done, long limitNs) {
    return passUntil(done, limitNs);
  }

  void run(long forNs) {
    passUntil(() -> false, forNs);
  }

  @Override
  protected long nextTimerNs() {
    return Math.min(ends[0].nextDeadlineNs(), ends[1].nextDeadlineNs());
  }

  @Override
  protected void onTimers() {
    for (End end : ends) {
      if (end.nextDeadlineNs() <= nowNs()) {
        end.onTimer(nowNs());
      }
    }
  }

  /** Everything that has come to one end is one batch. */
  @Override
  protected void happen(Arrival arrival) {
    int to = arrival.to;
    for (Arrival next = arrival; next != null; next = takeDue(other -> other.to == to)) {
      ends[to].onDatagram(next.datagram, nowNs());
    }
    ends[to].onBatchEnd(nowNs());
  }
}
