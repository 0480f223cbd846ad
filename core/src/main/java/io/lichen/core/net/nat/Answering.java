// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.PunchRace;
import java.net.InetSocketAddress;

/** A punch that the other end has asked for. */
final class Answering {
  private final long coordinator;
  private final InetSocketAddress named;
  private final KeepAliveTrain train;
  private final PunchRace race;

  /**
   * Begins one.
   *
   * @param step of the other end's NAT, if that gives out ports in order; else 0
   */
  Answering(
      long coordinator,
      InetSocketAddress named,
      int step,
      KeepAliveTrain train,
      long fireAtNs,
      long deadlineNs,
      long nowNs) {
    this.coordinator = coordinator;
    this.named = named;
    this.train = train;
    this.race =
        new PunchRace(
            KeepAliveTrain.SHOTS,
            KeepAliveTrain.MAX_LANES,
            fireAtNs,
            deadlineNs,
            new PunchRace.Output() {
              @Override
              public void fire(Candidate candidate, int shot) {
                train.fire(candidate, shot);
              }

              @Override
              public void missed(long atNs) {}
            });
    if (step != 0) {
      train.window(named, step).forEach(each -> race.add(each, nowNs));
    }
    add(named, nowNs);
  }

  private void add(InetSocketAddress address, long nowNs) {
    if (train.admits(address)) {
      race.add(Candidate.reported(address), nowNs);
    }
  }

  /** Takes a keep-alive with the other end's id; false if it comes from elsewhere. */
  boolean onKeepAlive(InetSocketAddress from, long nowNs) {
    if (!KeepAliveTrain.isFrom(named, from)) {
      return false;
    }
    train.acknowledge(coordinator, nowNs);
    // A symmetric NAT has given it another port for this node than for whoever named one.
    add(from, nowNs);
    return true;
  }

  void end() {
    race.end();
  }

  boolean isOver() {
    return race.isOver();
  }

  void onTimer(long nowNs) {
    race.onTimer(nowNs);
  }

  long nextDeadlineNs() {
    return race.nextDeadlineNs();
  }
}
