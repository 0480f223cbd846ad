// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.relay.RelayEnds.Bound;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.SendResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the application's data through relays: sealed if the other end is a Lichen node, else as it
 * is, which is all that natives take (docs/wire/moss-nat.md, "Application data").
 */
final class RelaySender {
  /** How long to wait for the other end to show what it is. */
  private static final long SHOW_MS = 1000;

  private final NatContext context;
  private final RelayClient client;

  RelaySender(NatContext context, RelayClient client) {
    this.context = context;
    this.client = client;
  }

  /**
   * Sends, and opens a session for it if there is none; any thread.
   *
   * @param sealedOnly whether to fail rather than send what a relay could read
   * @return whether it was sealed; completed on any thread
   */
  CompletableFuture<Boolean> send(
      PeerId target, byte[] data, boolean sealedOnly, Duration timeout) {
    CompletableFuture<CompletableFuture<Boolean>> begun = new CompletableFuture<>();
    context.loop().execute(() -> begun.complete(sendOnLoop(target, data, sealedOnly, timeout)));
    return begun.thenCompose(sent -> sent);
  }

  private CompletableFuture<Boolean> sendOnLoop(
      PeerId target, byte[] data, boolean sealedOnly, Duration timeout) {
    if (context.peers().isDirect(target)) {
      return CompletableFuture.failedFuture(failed(target + " is connected without a relay"));
    }
    CompletableFuture<Relays.RelayPath> opened = new CompletableFuture<>();
    // What follows runs where the waiter is completed: on the loop, whose tables it looks at.
    CompletableFuture<Boolean> sent =
        opened.thenCompose(path -> send(path, target, data, sealedOnly));
    client.open(target, timeout, opened, context.clockNs().getAsLong());
    return sent;
  }

  private CompletableFuture<Boolean> send(
      Relays.RelayPath path, PeerId target, byte[] data, boolean sealedOnly) {
    Bound bound = client.ends().get(path.session());
    if (bound == null) {
      return CompletableFuture.failedFuture(failed("the session with " + target + " has ended"));
    }
    RelayedSession joined = bound.joined();
    Tunnel tunnel = bound.tunnel();
    if (joined == null || tunnel == null) {
      return sealedOnly ? unsealable(target) : sendRaw(bound, data);
    }
    return tunnel
        .marks()
        .copy()
        .completeOnTimeout(false, SHOW_MS, TimeUnit.MILLISECONDS)
        .thenCompose(marks -> send(joined, data, marks && tunnel.canProve(), sealedOnly));
  }

  private static CompletableFuture<Boolean> send(
      RelayedSession joined, byte[] data, boolean seals, boolean sealedOnly) {
    if (!seals && sealedOnly) {
      return unsealable(joined.remoteId());
    }
    boolean sent = seals ? joined.sendData(data) : joined.sendRaw(data);
    return sent
        ? CompletableFuture.completedFuture(seals)
        : CompletableFuture.failedFuture(
            failed(data.length + " bytes do not fit the session with " + joined.remoteId()));
  }

  private CompletableFuture<Boolean> sendRaw(Bound bound, byte[] data) {
    PeerId via = bound.session().via();
    PeerLink link = context.peers().get(via);
    long nowNs = context.clockNs().getAsLong();
    SendResult result = link == null ? SendResult.CLOSED : paced(bound, link, data, nowNs);
    return result == SendResult.QUEUED
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.failedFuture(failed("relay " + via + " does not take it: " + result));
  }

  private SendResult paced(Bound bound, PeerLink via, byte[] data, long nowNs) {
    RelayPace pace = client.ends().pace(via.peer(), nowNs);
    if (data.length > pace.maxPayloadBytes()) {
      return SendResult.TOO_LARGE;
    }
    boolean mayGo = pace.takeOrWaitNs(data.length, nowNs) == 0;
    PeerId own = context.identity().peerId();
    SendResult result =
        mayGo
            ? via.session().send(RelayEnvelopes.data(bound.session(), own, data))
            : SendResult.OVERFLOW;
    RelayEnvelopes.askHowFar(via, pace, nowNs);
    return result;
  }

  private static CompletableFuture<Boolean> unsealable(PeerId target) {
    return CompletableFuture.failedFuture(
        failed(target + " has not shown that it takes sealed data"));
  }

  static MossException failed(@Nullable String why) {
    return new MossException(MossError.RELAY_FAILED, "could not relay: " + why);
  }
}
