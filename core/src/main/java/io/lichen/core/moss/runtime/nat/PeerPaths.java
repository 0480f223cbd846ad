// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.nat.relay.Relays;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.path.PathEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The way to a peer, whatever it is: a direct one, and a relay where there is none or where it
 * takes long (docs/wire/moss-nat.md, "Direct path"). The node's loop only, but for {@link
 * #connect}.
 */
public final class PeerPaths implements NatPart {
  /** How long a direct path alone is tried. */
  static final long RELAY_AFTER_NS = 2_000_000_000L;

  private final NatContext context;
  private final DirectPath direct;
  private final Relays relays;
  private final Map<PeerId, Attempt> attempts = new HashMap<>();

  private final class Attempt {
    final PeerId target;
    final long relayAtNs;
    final long deadlineNs;
    final CompletableFuture<Boolean> result = new CompletableFuture<>();
    boolean relayAsked;
    boolean relayFailed;
    boolean directFailed;

    Attempt(PeerId target, long nowNs, long timeoutNs) {
      this.target = target;
      KnownPeer known = context.known().get(target);
      boolean relayFirst = known != null && known.wasRelayed();
      this.relayAtNs = relayFirst ? nowNs : nowNs + Math.min(RELAY_AFTER_NS, timeoutNs / 2);
      this.deadlineNs = nowNs + timeoutNs;
    }

    void onDirect(PathEnd end) {
      if (end == PathEnd.DIRECT || end == PathEnd.CANCELLED) {
        end(end == PathEnd.DIRECT);
      } else {
        directFailed = true;
        askRelay(nowNs());
        endIfExhausted();
      }
    }

    void askRelay(long nowNs) {
      if (relayAsked || result.isDone()) {
        return;
      }
      relayAsked = true;
      long leftNs = Math.max(RELAY_AFTER_NS, deadlineNs - nowNs);
      var unused =
          relays
              .open(target, Duration.ofNanos(leftNs))
              .whenComplete(
                  (path, failure) -> context.loop().execute(() -> onRelay(failure == null)));
    }

    private void onRelay(boolean opened) {
      if (opened && context.peers().contains(target)) {
        end(true);
      } else {
        relayFailed = true;
        endIfExhausted();
      }
    }

    /** Somebody has come through whom it may go; nobody is asked while another still is. */
    void onRelayAtHand(long nowNs) {
      if (relayFailed) {
        relayAsked = false;
        relayFailed = false;
        askRelay(nowNs);
      }
    }

    private void endIfExhausted() {
      if (directFailed && relayFailed) {
        end(false);
      }
    }

    void end(boolean connected) {
      attempts.remove(target, this);
      result.complete(connected);
    }
  }

  /** Makes one. */
  public PeerPaths(NatContext context, DirectPath direct, Relays relays) {
    this.context = context;
    this.direct = direct;
    this.relays = relays;
  }

  /**
   * Connects with a peer, directly if that is possible within two seconds, else through a relay
   * while the direct attempt goes on; through a relay at once if it was lost behind one. Any
   * thread.
   *
   * @param timeout for the direct attempt; a relay gets two seconds at least
   * @return completed on the node's loop, never exceptionally: whether there is a session now
   */
  public CompletableFuture<Boolean> connect(PeerId target, Duration timeout) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    context.loop().execute(() -> begin(target, timeout, result));
    return result;
  }

  private void begin(PeerId target, Duration timeout, CompletableFuture<Boolean> result) {
    if (context.peers().contains(target)) {
      result.complete(true);
      return;
    }
    Attempt attempt = attempts.get(target);
    boolean fresh = attempt == null;
    if (attempt == null) {
      attempt = new Attempt(target, nowNs(), timeout.toNanos());
      attempts.put(target, attempt);
    }
    var unused = attempt.result.thenAccept(result::complete);
    if (fresh) {
      dial(attempt, timeout);
    }
  }

  private void dial(Attempt attempt, Duration timeout) {
    var unused = direct.connect(attempt.target, timeout, false).thenAccept(attempt::onDirect);
  }

  private long nowNs() {
    return context.clockNs().getAsLong();
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    Attempt attempt = attempts.get(link.peer());
    if (attempt != null) {
      attempt.end(true);
    }
    if (!link.session().isRelayed()) {
      List.copyOf(attempts.values()).forEach(waiting -> waiting.onRelayAtHand(nowNs));
    }
  }

  @Override
  public long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (Attempt attempt : attempts.values()) {
      next = attempt.relayAsked ? next : Math.min(next, attempt.relayAtNs);
    }
    return next;
  }

  @Override
  public void onTimer(long nowNs) {
    for (Attempt attempt : List.copyOf(attempts.values())) {
      if (nowNs - attempt.relayAtNs >= 0) {
        attempt.askRelay(nowNs);
      }
    }
  }
}
