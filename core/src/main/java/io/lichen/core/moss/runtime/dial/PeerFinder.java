// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.crypto.PeerId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Dials peers that were heard of or lost, a few at a time, as long as there is room for sessions
 * (docs/wire/moss-mesh.md, "Dialling known peers"). The node's loop only.
 */
public final class PeerFinder {
  /** Head start of the lower id: both ends hear of each other at about the same time. */
  private static final long COURTESY_NS = 3_000_000_000L;

  /** Dials under way. */
  private static final int MAX_UNDER_WAY = 8;

  /**
   * What it works with.
   *
   * @param connect tries to connect with a peer; completed on any thread
   * @param dialsAtOnce begun in one tick
   * @param baseNs the wait after the first failure
   */
  public record Parts(
      PeerId localId,
      PeerTable peers,
      KnownPeers known,
      NodeLoop loop,
      Function<PeerId, ? extends CompletableFuture<?>> connect,
      int maxPeers,
      int dialsAtOnce,
      long baseNs,
      LongSupplier clockNs) {}

  private final Parts parts;
  private int underWay;

  public PeerFinder(Parts parts) {
    this.parts = parts;
  }

  /** How long a peer that has just been heard of is left to dial first. */
  public static long courtesyNs(PeerId localId, PeerId peer) {
    return localId.compareTo(peer) < 0 ? 0 : COURTESY_NS;
  }

  /** Begins dials; to be called about every second. */
  public void tick(long nowNs) {
    int free = parts.maxPeers() - parts.peers().directSize() - underWay;
    int limit = Math.min(Math.min(free, parts.dialsAtOnce()), MAX_UNDER_WAY - underWay);
    if (limit > 0) {
      due(nowNs, limit).forEach(this::dial);
    }
  }

  private List<KnownPeer> due(long nowNs, int limit) {
    List<KnownPeer> ranked =
        parts.known().all().stream()
            .filter(known -> known.isDialable() && known.backoff().isDue(nowNs))
            .sorted(
                Comparator.comparingInt((KnownPeer known) -> known.backoff().failures())
                    .thenComparing(KnownPeer::id))
            .toList();
    return DialSlots.choose(ranked, KnownPeer::isRelay, known -> false, limit, lackingRelays());
  }

  private int lackingRelays() {
    long connected =
        parts.known().all().stream().filter(k -> k.isConnected() && k.isRelay()).count();
    return DialSlots.ENOUGH_RELAYS - (int) Math.min(DialSlots.ENOUGH_RELAYS, connected);
  }

  private void dial(KnownPeer known) {
    known.backoff().begun();
    underWay++;
    var unused =
        parts
            .connect()
            .apply(known.id())
            .whenComplete((done, e) -> parts.loop().execute(() -> onDialled(known)));
  }

  /** What counts is whether there is a session with the peer now. */
  private void onDialled(KnownPeer known) {
    underWay--;
    if (parts.peers().contains(known.id())) {
      known.backoff().ended();
    } else {
      failed(known, parts.clockNs().getAsLong());
    }
  }

  private void failed(KnownPeer known, long nowNs) {
    known.backoff().failed(parts.baseNs(), nowNs);
    known.dialFailed();
  }
}
