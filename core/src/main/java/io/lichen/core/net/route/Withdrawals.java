// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.table.FairTable;
import io.lichen.core.net.wire.RouteWithdrawal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which withdrawals are new, and which of one's own may go out (docs/wire/net-routing.md,
 * "Withdrawing a route"). Numbers of one's own start at the clock, so that those of a node that was
 * restarted are above its old ones. Not thread-safe.
 */
final class Withdrawals {
  private static final long GAP_NS = 1_000_000_000L;
  private static final int MAX_HEARD = 8192;
  private static final int MAX_SENT = 4096;

  private record Heard(long sender, long dest) {}

  private record Sent(long dest, long except) {}

  private final RouteOutput output;
  private final Fanout peers;
  private final FairTable<Heard, Long> heard = new FairTable<>(MAX_HEARD);
  private final FairTable<Sent, Long> sent = new FairTable<>(MAX_SENT);
  private long seq;
  private long sentCount;
  private long damped;

  Withdrawals(RouteOutput output, Fanout peers, long unixMs) {
    this.output = output;
    this.peers = peers;
    this.seq = unixMs;
  }

  /** Whether a withdrawal is newer than what its sender has said of that node before. */
  boolean isNew(long sender, RouteWithdrawal said) {
    Heard key = new Heard(sender, said.dest());
    Long before = heard.get(key);
    if (before != null && Long.compareUnsigned(said.seq(), before) <= 0) {
      return false;
    }
    heard.put(key, sender, said.seq());
    return true;
  }

  /** Forgets the numbers of a peer, which may have been restarted. */
  void forget(long sender) {
    heard.removeIf((key, number) -> key.sender() == sender);
  }

  /**
   * Tells all peers that a node is not reached through this one any more, unless they were told
   * less than a second ago.
   *
   * @param except who need not be told; {@code null} for nobody
   */
  void tellAll(long dest, @Nullable Long except, long nowNs) {
    if (mayTell(new Sent(dest, except == null ? dest : except), nowNs)) {
      List<Fanout.Peer> all = peers.all();
      byte[] event = next(dest);
      for (Fanout.Peer peer : all) {
        if (peer.nodeId() != dest && (except == null || peer.nodeId() != except)) {
          output.sendWithdrawal(peer.nodeId(), event);
          sentCount++;
        }
      }
    }
  }

  /** Tells one peer. */
  void tell(long peer, long dest) {
    output.sendWithdrawal(peer, next(dest));
    sentCount++;
  }

  /** Forgets what damps nothing any more. */
  void sweep(long nowNs) {
    sent.removeIf((key, atNs) -> nowNs - atNs >= GAP_NS);
  }

  long sent() {
    return sentCount;
  }

  long damped() {
    return damped;
  }

  private boolean mayTell(Sent key, long nowNs) {
    Long atNs = sent.get(key);
    if (atNs != null && nowNs - atNs < GAP_NS) {
      damped++;
      return false;
    }
    sent.put(key, key.dest(), nowNs);
    return true;
  }

  private byte[] next(long dest) {
    return new RouteWithdrawal(dest, ++seq).encode();
  }
}
