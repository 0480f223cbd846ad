// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What this node does for others: sends routed packets on (docs/wire/net-transport.md,
 * "Forwarding"), and rescues bare ones whose way it knows. On the loop.
 */
final class Forwarder {
  private final EndpointContext context;
  private final RelayedPaths paths = new RelayedPaths();

  Forwarder(EndpointContext context) {
    this.context = context;
  }

  /**
   * Sends a routed packet for another node to its next hop.
   *
   * @param inner the packet's header, valid
   * @param scratch holds the datagram, routing header first, from {@code at} on; changed
   */
  void forward(
      InetSocketAddress from, PacketHeader inner, byte[] scratch, int at, int length, long nowNs) {
    int source = RoutingHeader.source(scratch, at);
    long destination = RoutingHeader.destination(scratch, at);
    InetSocketAddress hop = context.listener.nextHop(destination);
    DropReason refusal = refusal(from, source, hop);
    if (refusal == null && !RoutingHeader.forward(scratch, at)) {
      refusal = DropReason.HOPS_EXHAUSTED;
    }
    if (refusal != null || hop == null) {
      context.drops.drop(refusal == null ? DropReason.NO_ROUTE : refusal);
      return;
    }
    if (inner.isHandshake()) {
      int message = length - RoutingHeader.BYTES - PacketHeader.BYTES;
      paths.onHandshake(source, destination, from, hop, message, nowNs);
    } else {
      paths.onPacket(source, destination, from, hop, inner.sessionId());
    }
    context.counters.forwarded.increment();
    send(hop, scratch, at, length);
  }

  private @Nullable DropReason refusal(
      InetSocketAddress from, int source, @Nullable InetSocketAddress hop) {
    if (source == context.routingId()) {
      return DropReason.ROUTE_LOOP;
    }
    if (hop == null) {
      return DropReason.NO_ROUTE;
    }
    return hop.equals(from) ? DropReason.ROUTE_BACK : null;
  }

  /**
   * Puts a routing header in front of a bare packet of a session that is not this node's.
   *
   * @param scratch holds the packet from {@code at} on, with room for a routing header before it
   * @return false if this node cannot tell whose it is
   */
  boolean rescue(
      InetSocketAddress from, long sessionId, byte[] scratch, int at, int length, long nowNs) {
    RelayedPaths.End end = paths.across(from, sessionId, nowNs);
    if (end == null) {
      return false;
    }
    InetSocketAddress hop = context.listener.nextHop(end.nodeId);
    InetSocketAddress to = hop == null ? end.hop : hop;
    if (to == null || to.equals(from)) {
      return false;
    }
    int start = at - RoutingHeader.BYTES;
    int source = paths.sourceOf(from, sessionId);
    RoutingHeader.write(scratch, start, RoutingHeader.DATA_TTL, source, end.nodeId);
    context.counters.rescued.increment();
    send(to, scratch, start, RoutingHeader.BYTES + length);
    return true;
  }

  private void send(InetSocketAddress to, byte[] datagram, int offset, int length) {
    ByteBuf copy = context.allocator.heapBuffer(length, length);
    context.out.send(to, copy.writeBytes(datagram, offset, length));
  }
}
