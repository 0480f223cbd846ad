// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.UdpRace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Dials that succeed at once where the peer is. */
final class FakeRace implements UdpRace {
  private final FakeNetwork.FakeTransport transport;
  private final PeerId peer;
  private final Duration timeout;
  private final CompletableFuture<MossSession> session = new CompletableFuture<>();

  FakeRace(FakeNetwork.FakeTransport transport, PeerId peer, Duration timeout) {
    this.transport = transport;
    this.peer = peer;
    this.timeout = timeout;
    session.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void add(InetSocketAddress address) {
    if (session.isDone()) {
      return;
    }
    var unused =
        transport
            .dial(new DialRequest(Carrier.UDP, address, null, timeout))
            .thenAccept(
                found -> {
                  if (!found.remoteId().equals(peer) || !session.complete(found)) {
                    found.close(CloseReason.LOCAL_CLOSED);
                  }
                });
  }

  @Override
  public CompletableFuture<MossSession> session() {
    return session;
  }

  @Override
  public void cancel() {
    session.completeExceptionally(
        new TransportException(TransportException.Reason.CLOSED, "given up"));
  }
}
