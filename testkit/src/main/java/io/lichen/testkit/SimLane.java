// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * One direction of a link: decides when what is sent arrives, if it does, and holds no more than
 * the profile allows.
 */
final class SimLane<P> implements EventQueue.Handler {
  private static final int AT_THE_DOOR = 0;
  private static final int READ = 1;

  private final SimNetwork<P> network;
  private final SimLink<P> link;
  private final int from;
  private final int to;
  private int inFlight;
  private long lastNs = Long.MIN_VALUE;

  SimLane(SimNetwork<P> network, SimLink<P> link, int from, int to) {
    this.network = network;
    this.link = link;
    this.from = from;
    this.to = to;
  }

  /** False if the lane is full. */
  boolean send(P payload) {
    LinkProfile profile = link.profile;
    if (inFlight >= profile.maxInFlight()) {
      return false;
    }
    long delayNs = link.up && !network.isParted(from, to) ? resendDelayNs(profile) : -1;
    if (delayNs < 0) {
      network.lost(from, to, payload);
      return true;
    }
    launch(profile, delayNs, payload);
    if (profile.duplication() > 0 && network.random.nextDouble() < profile.duplication()) {
      launch(profile, delayNs, payload);
    }
    return true;
  }

  /** What losses cost: 0 without one, and -1 if the message is gone for good. */
  private long resendDelayNs(LinkProfile profile) {
    long delayNs = 0;
    while (profile.loss() > 0 && network.random.nextDouble() < profile.loss()) {
      if (profile.retransmitNs() == 0) {
        return -1;
      }
      network.resent();
      delayNs += profile.retransmitNs();
    }
    return delayNs;
  }

  private void launch(LinkProfile profile, long delayNs, P payload) {
    long spread = profile.maxLatencyNs() - profile.minLatencyNs();
    long atNs = network.time.nowNs() + profile.minLatencyNs() + delayNs;
    atNs += spread == 0 ? 0 : network.random.nextLong(spread + 1);
    if (profile.ordered()) {
      atNs = Math.max(lastNs, atNs);
      lastNs = atNs;
    }
    inFlight++;
    network.time.scheduleAt(atNs, this, payload, AT_THE_DOOR);
  }

  @Override
  public void handle(Object what, int stage) {
    if (link.up && stage == AT_THE_DOOR) {
      long readNs = network.readAtNs(to);
      if (readNs > network.time.nowNs()) {
        network.time.scheduleAt(readNs, this, what, READ);
        return;
      }
    }
    inFlight--;
    @SuppressWarnings("unchecked") // Only launch schedules this lane, and it gives a P.
    P payload = (P) what;
    if (link.up) {
      network.arrived(from, to, payload);
    } else {
      network.lost(from, to, payload);
    }
  }
}
