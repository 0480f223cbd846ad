// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The peers that the application wants to be connected with wherever they are: each is tried again
 * and again as long as it is not, and once it has gone (docs/wire/moss-nat.md, "Wanted peers"). The
 * node's loop only, but for {@link #want}.
 */
public final class WantedPeers implements NatPart {
  /** Peers wanted at a time. */
  static final int MAX_WANTED = 256;

  private final NatContext context;
  private final Function<PeerId, CompletableFuture<?>> connect;
  private final long periodNs;
  private final Map<PeerId, Wanted> wanted = new LinkedHashMap<>();

  private static final class Wanted {
    final CompletableFuture<Void> met = new CompletableFuture<>();
    boolean underWay;
    long dueNs;

    Wanted(long dueNs) {
      this.dueNs = dueNs;
    }
  }

  /**
   * Makes one without peers.
   *
   * @param connect tries to connect with one, directly or through a relay; completed on any thread
   */
  public WantedPeers(NatContext context, Function<PeerId, CompletableFuture<?>> connect) {
    this.context = context;
    this.connect = connect;
    long heartbeatNs = 1_000_000L * context.config().gossipSub().heartbeatMs();
    this.periodNs = Math.max(context.handshakeTimeout().toNanos(), heartbeatNs);
  }

  /**
   * Wants a peer from now on; any thread.
   *
   * @return done when it is connected for the first time, on the executor; fails with {@link
   *     MossError#OUT_OF_MEMORY} if too many are wanted, and with {@link MossError#NOT_STARTED} if
   *     the node stops before
   */
  public CompletableFuture<Void> want(PeerId peer) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    context.loop().execute(() -> add(peer, result));
    return result;
  }

  private void add(PeerId peer, CompletableFuture<Void> result) {
    long nowNs = context.clockNs().getAsLong();
    if (!wanted.containsKey(peer) && wanted.size() >= MAX_WANTED) {
      fail(result, MossError.OUT_OF_MEMORY, MAX_WANTED + " peers are wanted already");
      return;
    }
    Wanted entry = wanted.computeIfAbsent(peer, p -> new Wanted(nowNs));
    var unused =
        entry.met.whenComplete((done, e) -> context.completions().run(() -> pass(e, result)));
    if (context.peers().contains(peer)) {
      entry.met.complete(null);
    } else {
      entry.dueNs = nowNs;
      onTimer(nowNs);
    }
  }

  private static void pass(@Nullable Throwable failure, CompletableFuture<Void> result) {
    if (failure == null) {
      result.complete(null);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private void fail(CompletableFuture<Void> result, MossError error, String message) {
    context
        .completions()
        .run(() -> result.completeExceptionally(new MossException(error, message)));
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    Wanted entry = wanted.get(link.peer());
    if (entry != null) {
      entry.met.complete(null);
    }
  }

  @Override
  public long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (Map.Entry<PeerId, Wanted> entry : wanted.entrySet()) {
      if (!entry.getValue().underWay && !context.peers().contains(entry.getKey())) {
        next = Math.min(next, entry.getValue().dueNs);
      }
    }
    return next;
  }

  @Override
  public void onTimer(long nowNs) {
    for (PeerId peer : List.copyOf(wanted.keySet())) {
      Wanted entry = wanted.get(peer);
      if (entry != null
          && !entry.underWay
          && nowNs - entry.dueNs >= 0
          && !context.peers().contains(peer)) {
        begin(peer, entry, nowNs);
      }
    }
  }

  private void begin(PeerId peer, Wanted entry, long nowNs) {
    entry.underWay = true;
    entry.dueNs = nowNs + periodNs;
    var unused =
        connect
            .apply(peer)
            .whenComplete((done, e) -> context.loop().execute(() -> entry.underWay = false));
  }

  @Override
  public void stop() {
    MossException stopped = new MossException(MossError.NOT_STARTED, "the node was stopped");
    wanted.values().forEach(entry -> entry.met.completeExceptionally(stopped));
    wanted.clear();
  }
}
