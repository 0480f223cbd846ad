// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Dials peers again from which nothing comes any more, though their sessions stand: a NAT has
 * forgotten this node, or its network is another one, and the peer sends where it was (docs/wire/
 * net-peers.md, "Dialling again"). Loop only.
 */
public final class Redials {
  /** Peers remembered; the one dialled first gives way. */
  static final int MAX_REMEMBERED = 1024;

  /** Dials of one peer, after which it is left to the failure detector. */
  static final int MAX_ATTEMPTS = 6;

  /** After so many heartbeats that did not come. */
  private static final int MISSED_BEATS = 3;

  private static final int MAX_DOUBLINGS = 3;
  private static final long LISTEN_NS = 1_000_000_000L;

  /** Opens a session. */
  @FunctionalInterface
  public interface Connect {
    /** Tries once; completed on any thread. */
    CompletableFuture<?> to(InetSocketAddress address, byte[] publicKey, long nodeId);
  }

  private static final class Target {
    final InetSocketAddress address;
    final byte[] publicKey;
    boolean quiet;
    boolean underWay;
    int attempts;
    long dueNs;

    Target(InetSocketAddress address, byte[] publicKey) {
      this.address = address;
      this.publicKey = publicKey;
    }
  }

  private final PeerTable peers;
  private final long missedNs;
  private final long timeoutNs;
  private final long pauseNs;
  private final Executor loop;
  private final LongAdder redialled;
  private final Map<Long, Target> targets = new LinkedHashMap<>();

  /**
   * Has nobody to dial yet.
   *
   * @param heartbeatNs between heartbeats
   * @param timeoutNs the session timeout: for so long a native has to hear nothing
   * @param redialled counts dials
   */
  public Redials(
      PeerTable peers, long heartbeatNs, long timeoutNs, Executor loop, LongAdder redialled) {
    this.peers = peers;
    this.missedNs = MISSED_BEATS * heartbeatNs;
    this.timeoutNs = timeoutNs;
    // A handshake that a native took without our hearing of it is a session there, too, and has to
    // time out like the first.
    this.pauseNs = timeoutNs + timeoutNs / 2;
    this.loop = loop;
    this.redialled = redialled;
  }

  /** A dial of this node has led to a peer. */
  public void dialled(long nodeId, InetSocketAddress address, byte[] publicKey) {
    targets.remove(nodeId);
    if (targets.size() >= MAX_REMEMBERED) {
      targets.remove(targets.keySet().iterator().next());
    }
    targets.put(nodeId, new Target(address, publicKey.clone()));
  }

  /** Looks whom nothing has come from; with each heartbeat. */
  public void onTick(long nowNs, Connect connect) {
    List<Long> over = new ArrayList<>();
    targets.forEach(
        (nodeId, target) -> {
          Peer peer = peers.find(nodeId);
          if (peer == null || !peer.session().initiator()) {
            over.add(nodeId);
          } else if (!peer.session().viaRelay()) {
            look(peer, target, nowNs, connect);
          }
        });
    over.forEach(targets::remove);
  }

  private void look(Peer peer, Target target, long nowNs, Connect connect) {
    if (nowNs - peer.activeNs < missedNs) {
      heard(peer, target);
    } else if (!target.quiet && target.attempts == 0) {
      target.quiet = true;
      target.dueNs = nowNs + timeoutNs + LISTEN_NS;
      peer.session().silence(true);
    } else if (target.quiet && !target.underWay && nowNs - target.dueNs >= 0) {
      dialOrGiveUp(peer, target, nowNs, connect);
    }
  }

  private static void heard(Peer peer, Target target) {
    if (target.quiet) {
      target.quiet = false;
      peer.session().silence(false);
    }
    target.attempts = 0;
  }

  private void dialOrGiveUp(Peer peer, Target target, long nowNs, Connect connect) {
    if (target.attempts == MAX_ATTEMPTS) {
      target.quiet = false;
      peer.session().silence(false);
      return;
    }
    target.underWay = true;
    target.dueNs = nowNs + (pauseNs << Math.min(target.attempts, MAX_DOUBLINGS));
    target.attempts++;
    redialled.increment();
    var unused =
        connect
            .to(target.address, target.publicKey, peer.nodeId())
            .whenComplete((done, failure) -> loop.execute(() -> target.underWay = false));
  }
}
