// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sessions without a relay, as far as NATs allow: one attempt for each other node at a time, which
 * all share who want it (docs/wire/net-nat.md, "Direct connects"). Belongs to the node's loop.
 */
public final class DirectConnects {
  /** Attempts at once, and who waits for one; others are told that this node is busy. */
  static final int MAX_AT_ONCE = 256;

  static final int MAX_WAITING = 1024;

  final NatPeers peers;
  final Requests requests;
  final Dials dials;
  final NatCounters counters;
  final LongSupplier clockNs;
  final OwnPorts ports;
  private final Supplier<Openness> own;
  private final Map<Long, DirectConnect> attempts = new HashMap<>();

  /** Has nothing to do yet. */
  public DirectConnects(
      NatPeers peers,
      Requests requests,
      Dials dials,
      Supplier<Openness> own,
      OwnPorts ports,
      NatCounters counters,
      LongSupplier clockNs) {
    this.peers = peers;
    this.requests = requests;
    this.dials = dials;
    this.own = own;
    this.ports = ports;
    this.counters = counters;
    this.clockNs = clockNs;
  }

  /**
   * Opens a session, if need be over a relay.
   *
   * @param publicKey the target's 32-byte X25519 key
   * @param coordinators who may introduce the two, the best first
   * @param done called once
   */
  public void connect(
      long target,
      byte[] publicKey,
      List<Long> coordinators,
      long nowNs,
      Consumer<DirectEnd> done) {
    if (peers.direct(target) != null) {
      done.accept(new DirectEnd.Session(true));
      return;
    }
    DirectConnect attempt = attempts.get(target);
    if (attempt != null) {
      attempt.join(done);
    } else if (attempts.size() >= MAX_AT_ONCE) {
      done.accept(new DirectEnd.Busy());
    } else {
      attempt = new DirectConnect(target, publicKey, coordinators, this);
      attempts.put(target, attempt);
      attempt.join(done);
      attempt.start(own.get(), nowNs);
    }
  }

  /** There is a session with a node that needs no relay. */
  public void met(long node, long nowNs) {
    DirectConnect attempt = attempts.get(node);
    if (attempt != null) {
      attempt.met(nowNs);
    }
  }

  void remove(long target, DirectConnect attempt) {
    attempts.remove(target, attempt);
  }

  /** When {@link #onTimer} is wanted; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    return attempts.values().stream()
        .mapToLong(DirectConnect::nextDeadlineNs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Goes on where it is time to. */
  public void onTimer(long nowNs) {
    List.copyOf(attempts.values()).forEach(attempt -> attempt.onTimer(nowNs));
  }
}
