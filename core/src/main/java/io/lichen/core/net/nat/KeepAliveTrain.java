// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.PortPrediction;
import io.lichen.nat.punch.Shots;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What both ends of a punch do alike: they send keep-alives, and acknowledge those of the other end
 * over the coordinator (docs/wire/net-nat.md, "Keep-alives").
 */
final class KeepAliveTrain {
  /** When keep-alives are sent, from the moment of firing on. */
  static final Shots SHOTS = new Shots(List.of(0L, ms(100), ms(250)), ms(250));

  /** Addresses of one other end that somebody has named, or keep-alives have come from. */
  static final int MAX_CANDIDATES = 4;

  /** All addresses of one other end, those that are predicted included. */
  static final int MAX_LANES = MAX_CANDIDATES + PortPrediction.WINDOW;

  /** Keep-alives to a port that is only predicted; the last goes 1.5 s after the first. */
  static final int PREDICTED_SHOTS = 8;

  /** Acks to one other end, and the distance between them: packets get lost. */
  static final int ACKS = 3;

  static final long ACK_INTERVAL_NS = ms(500);

  private final long self;
  private final long peer;
  private final NatOutput out;
  private final NatCounters counters;
  private final OwnPorts ports;
  private final byte[] keepAlive;
  private final Set<InetSocketAddress> named = new HashSet<>();
  private int acks;
  private long ackedNs;

  KeepAliveTrain(long self, long peer, NatOutput out, NatCounters counters, OwnPorts ports) {
    this.self = self;
    this.peer = peer;
    this.out = out;
    this.counters = counters;
    this.ports = ports;
    this.keepAlive = new KeepAlive(self, 0).encode();
  }

  private static long ms(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }

  /** Whether an address that is named is one of the four that keep-alives may go to. */
  boolean admits(InetSocketAddress address) {
    return named.contains(address) || (named.size() < MAX_CANDIDATES && named.add(address));
  }

  /**
   * Where the other end may be that expects to be seen at an address first, and at others a step
   * apart after that.
   *
   * @param step 0 for that address alone
   */
  List<Candidate> window(InetSocketAddress first, int step) {
    return PortPrediction.window(first, step, PortPrediction.WINDOW).stream()
        .map(Candidate::predicted)
        .toList();
  }

  /** Sends one, unless a port that is but predicted has had its share. */
  void fire(Candidate candidate, int shot) {
    InetSocketAddress address = candidate.address();
    boolean isPredicted = candidate.source() == Candidate.Source.PREDICTED;
    if (isPredicted && shot >= PREDICTED_SHOTS && !named.contains(address)) {
      return;
    }
    counters.keepAlivesSent.increment();
    ports.spokeTo(address);
    out.sendPlain(address, keepAlive);
  }

  /** A keep-alive of the other end has come. */
  void acknowledge(long coordinator, long nowNs) {
    counters.keepAlivesReceived.increment();
    if (acks < ACKS && (acks == 0 || nowNs - ackedNs >= ACK_INTERVAL_NS)) {
      acks++;
      ackedNs = nowNs;
      out.send(coordinator, SubprotocolIds.RENDEZVOUS, new Ack(self, peer, 0).encode());
    }
  }

  /** Whether a keep-alive may be the other end's: of the host that was named. */
  static boolean isFrom(InetSocketAddress named, InetSocketAddress from) {
    return named.getAddress().equals(from.getAddress());
  }
}
