// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.StreamEvent;
import io.lichen.core.net.delivery.EventDelivery;
import io.lichen.core.net.delivery.Hub;
import io.lichen.core.net.peer.Peers;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The door of a node: gives what the transport brings to the part that it is for; loop only. */
final class Inbound implements NetTransportListener {
  private final Peers peers;
  private final Subprotocols subprotocols;
  private final Subscriptions subscriptions;
  private final EventDelivery events;
  private final Hub<StreamEvent> streamNews;
  private final MeshEngines mesh;
  private final NatEngines nat;
  private final EngineTimers timers;
  private final NetCounters counters;
  private final Wire wire;

  Inbound(NetParts parts) {
    this.peers = parts.peers;
    this.subprotocols = parts.subprotocols;
    this.subscriptions = parts.subscriptions;
    this.events = parts.events;
    this.streamNews = parts.streamNews;
    this.mesh = parts.meshEngines;
    this.nat = parts.natEngines;
    this.timers = parts.timers;
    this.counters = parts.counters;
    this.wire = parts.wire;
  }

  @Override
  public void onSession(NetSession session) {
    peers.onSession(session, wire.loop().nowNs());
    timers.arm(wire.loop());
  }

  @Override
  public void onSessionEnded(NetSession session, SessionEnd reason) {
    peers.onSessionEnded(session, reason);
    if (peers.table().find(session.peerNodeId()) == null) {
      subscriptions.removeAll(session.peerNodeId());
    }
    timers.arm(wire.loop());
  }

  @Override
  public void onPathChanged(NetSession session) {
    peers.onMoved(session);
    timers.arm(wire.loop());
  }

  @Override
  public void onHeartbeat(NetSession session) {
    peers.onHeartbeat(session, wire.loop().nowNs());
  }

  @Override
  public void onSubprotocol(NetSession session, int id, ByteBuf event) {
    subprotocols.onEvent(session, id, event);
    timers.arm(wire.loop());
  }

  @Override
  public void onEvents(NetSession session, StreamEvents packet) {
    events.onEvents(
        session, packet, subscriptions.channel(session.peerNodeId(), packet.streamId()));
  }

  @Override
  public void onStreamGap(NetSession session, long streamId, long sequence, long packets) {
    counters.streamGaps.add(packets);
    streamNews.offer(new StreamEvent.Gap(session.peerNodeId(), streamId, sequence, packets));
  }

  @Override
  public void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {
    counters.streamsEnded.increment();
    streamNews.offer(new StreamEvent.Ended(session.peerNodeId(), streamId, reason));
  }

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {
    mesh.onPingwave(from, datagram);
  }

  @Override
  public void onKeepAlive(InetSocketAddress from, ByteBuf datagram) {
    nat.onKeepAlive(from, datagram);
    timers.arm(wire.loop());
  }

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return mesh.nextHop(destinationNodeId);
  }
}
