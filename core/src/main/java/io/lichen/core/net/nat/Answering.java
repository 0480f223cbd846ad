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

  Answering(
      long coordinator,
      InetSocketAddress named,
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
            KeepAliveTrain.MAX_CANDIDATES,
            fireAtNs,
            deadlineNs,
            new PunchRace.Output() {
              @Override
              public void fire(Candidate candidate, int shot) {
                train.fire(candidate);
              }

              @Override
              public void missed(long atNs) {}
            });
    race.add(Candidate.reported(named), nowNs);
  }

  /** Takes a keep-alive with the other end's id; false if it comes from elsewhere. */
  boolean onKeepAlive(InetSocketAddress from, long nowNs) {
    if (!KeepAliveTrain.isFrom(named, from)) {
      return false;
    }
    train.acknowledge(coordinator, nowNs);
    // A symmetric NAT has given it another port for this node than for whoever named one.
    race.add(Candidate.reported(from), nowNs);
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
