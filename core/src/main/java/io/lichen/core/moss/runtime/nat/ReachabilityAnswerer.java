// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.nat.reach.ProbeLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tries to connect to peers that ask whether they can be reached: to the very address of their
 * session, and to no other, so that nobody has a node knock at somebody else's door. Silent
 * otherwise. The node's loop only.
 */
public final class ReachabilityAnswerer implements NatPart {
  private static final long CONNECT_LIMIT_MS = 500;
  private static final int MAX_ID_CHARS = 128;

  private final NatContext context;
  private final NatCounters counters;
  private final ProbeLimits limits = new ProbeLimits();
  private final int connectLimitMs;

  /** Makes one. */
  public ReachabilityAnswerer(NatContext context, NatCounters counters) {
    this.context = context;
    this.counters = counters;
    this.connectLimitMs =
        (int) Math.clamp(context.handshakeTimeout().toMillis(), 1, CONNECT_LIMIT_MS);
    context.parts().handle(EnvelopeType.REACHABILITY_REQUEST, this::onRequest);
  }

  private void onRequest(PeerLink from, Envelope envelope, long nowNs) {
    String id = envelope.requestId();
    InetSocketAddress remote = from.session().remoteAddress();
    boolean isServed =
        !id.isEmpty()
            && id.length() <= MAX_ID_CHARS
            && !from.session().isRelayed()
            && isSame(envelope.advertisedAddress(), remote)
            && limits.begins(remote.getAddress(), nowNs);
    if (!isServed) {
      counters.probesRefused.increment();
      return;
    }
    counters.probes.increment();
    try {
      context.executor().execute(() -> probe(from, id, remote));
    } catch (RejectedExecutionException e) {
      // The node stops.
      limits.ended(remote.getAddress());
    }
  }

  private static boolean isSame(String text, InetSocketAddress remote) {
    return Endpoint.parse(text).equals(Optional.of(Endpoint.of(remote)));
  }

  /** On a thread that may wait. */
  private void probe(PeerLink from, String id, InetSocketAddress remote) {
    boolean reachable = connects(remote);
    context.loop().execute(() -> ended(remote.getAddress()));
    from.control(
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.REACHABILITY_RESPONSE)
                .requestId(id)
                .reachable(reachable)
                .build()));
  }

  private void ended(InetAddress host) {
    limits.ended(host);
  }

  private boolean connects(InetSocketAddress remote) {
    try (Socket socket = new Socket()) {
      socket.connect(remote, connectLimitMs);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
