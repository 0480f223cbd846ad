// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes sessions of completed handshakes. On the loop. */
final class SessionStarter {
  private final NetEndpoint endpoint;

  SessionStarter(NetEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Whether a session with this node has room. */
  boolean hasRoomFor(long nodeId, long nowNs) {
    return endpoint.sessions().hasRoomFor(nodeId, nowNs);
  }

  /**
   * Begins a session, in place of an older one with the same node.
   *
   * @param result told of it, if anybody waits
   * @return the session; {@code null} if there is no room
   */
  @Nullable PacketSession start(
      SessionStart start, @Nullable CompletableFuture<NetSession> result, long nowNs) {
    if (!hasRoomFor(start.peerNodeId(), nowNs)) {
      if (result != null) {
        result.completeExceptionally(
            new NetTransportException(Reason.TABLE_FULL, "no room for a further session"));
      }
      return null;
    }
    PacketSession session = new PacketSession(endpoint, start, nowNs);
    EndpointCounters counters = endpoint.context().counters;
    (start.initiator() ? counters.sessionsInitiated : counters.sessionsAccepted).increment();
    endpoint.sessions().add(session, nowNs);
    if (result != null) {
      result.complete(session);
    }
    return session;
  }
}
