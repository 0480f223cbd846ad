// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.Faults;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Virtual time, and a link with faults between two ends. */
final class SimLink {
  /** One end: what a datagram comes to, and whose timers run. */
  interface End {
    void onDatagram(SimDatagram datagram, long nowNs);

    void onBatchEnd(long nowNs);

    void onTimer(long nowNs);

    long nextDeadlineNs();
  }

  private record Arrival(long atNs, long order, int to, SimDatagram datagram) {}

  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(
          (a, b) ->
              a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : Long.compare(a.order, b.order));
  private final End[] ends = new End[2];
  private final boolean[] bad = new boolean[2];
  private final Random random;
  private Faults faults;
  private long nowNs = 1_000_000_000L;
  private long order;
  private long carried;

  SimLink(long seed, Faults faults) {
    random = new Random(seed);
    this.faults = faults;
  }

  void attach(int index, End end) {
    ends[index] = end;
  }

  void faults(Faults other) {
    faults = other;
  }

  long nowNs() {
    return nowNs;
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
    long jitterNs = faults.jitterNs() == 0 ? 0 : random.nextLong(faults.jitterNs());
    arrivals.add(new Arrival(nowNs + faults.oneWayNs() + jitterNs, order++, to, datagram));
  }

  /** Lets time go by until something holds; false if it does not within the limit. */
  boolean runUntil(BooleanSupplier done, long limitNs) {
    long endNs = nowNs + limitNs;
    while (!done.getAsBoolean()) {
      if (!step(endNs)) {
        return false;
      }
    }
    return true;
  }

  void run(long forNs) {
    runUntil(() -> false, forNs);
  }

  /** Goes to the next thing that happens; false if nothing does until then. */
  private boolean step(long endNs) {
    long timerNs = Math.min(ends[0].nextDeadlineNs(), ends[1].nextDeadlineNs());
    Arrival first = arrivals.peek();
    long nextNs = first == null ? timerNs : Math.min(timerNs, first.atNs);
    if (nextNs > endNs) {
      nowNs = endNs;
      return false;
    }
    nowNs = Math.max(nowNs, nextNs);
    if (first != null && first.atNs <= nowNs) {
      deliver(first.to);
    } else {
      for (End end : ends) {
        if (end.nextDeadlineNs() <= nowNs) {
          end.onTimer(nowNs);
        }
      }
    }
    return true;
  }

  /** Everything that has come to one end is one batch. */
  private void deliver(int to) {
    Arrival first = arrivals.peek();
    while (first != null && first.atNs <= nowNs && first.to == to) {
      arrivals.remove();
      ends[to].onDatagram(first.datagram, nowNs);
      first = arrivals.peek();
    }
    ends[to].onBatchEnd(nowNs);
  }
}
