// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.Shots;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What both ends of a punch do alike: they send keep-alives, and acknowledge those of the other end
 * over the coordinator (docs/wire/net-nat.md, "Keep-alives").
 */
final class KeepAliveTrain {
  /** When keep-alives are sent, from the moment of firing on. */
  static final Shots SHOTS = new Shots(List.of(0L, ms(100), ms(250)), ms(250));

  /** Addresses of one other end. */
  static final int MAX_CANDIDATES = 4;

  /** Acks to one other end, and the distance between them: packets get lost. */
  static final int ACKS = 3;

  static final long ACK_INTERVAL_NS = ms(500);

  private final long self;
  private final long peer;
  private final NatOutput out;
  private final NatCounters counters;
  private final byte[] keepAlive;
  private int acks;
  private long ackedNs;

  KeepAliveTrain(long self, long peer, NatOutput out, NatCounters counters) {
    this.self = self;
    this.peer = peer;
    this.out = out;
    this.counters = counters;
    this.keepAlive = new KeepAlive(self, 0).encode();
  }

  private static long ms(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }

  void fire(Candidate candidate) {
    counters.keepAlivesSent.increment();
    out.sendPlain(candidate.address(), keepAlive);
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
