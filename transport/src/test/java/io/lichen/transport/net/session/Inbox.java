// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it is told, and knows the routes it was given. */
final class Inbox implements NetTransportListener {
  final List<NetSession> sessions = new ArrayList<>();
  final List<SessionEnd> ends = new ArrayList<>();
  final List<InetSocketAddress> paths = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<Long> channels = new ArrayList<>();
  final Map<Integer, List<String>> messages = new HashMap<>();
  final List<byte[]> pingwaves = new ArrayList<>();
  final List<InetSocketAddress> keepAlives = new ArrayList<>();
  final List<StreamEnd> streamEnds = new ArrayList<>();
  final Map<Long, InetSocketAddress> routes = new HashMap<>();
  int heartbeats;
  long bytes;
  boolean fails;
  boolean holds;
  int held;

  List<String> messages(int id) {
    return messages.getOrDefault(id, List.of());
  }

  @Override
  public void onSession(NetSession session) {
    sessions.add(session);
  }

  @Override
  public void onSessionEnded(NetSession session, SessionEnd reason) {
    ends.add(reason);
  }

  @Override
  public void onPathChanged(NetSession session) {
    paths.add(session.address());
  }

  @Override
  public void onHeartbeat(NetSession session) {
    heartbeats++;
  }

  @Override
  public void onSubprotocol(NetSession session, int id, ByteBuf event) {
    if (fails) {
      throw new IllegalStateException("the test wants it");
    }
    messages
        .computeIfAbsent(id, key -> new ArrayList<>())
        .add(event.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void onEvents(NetSession session, StreamEvents packet) {
    channels.add(packet.originHash());
    held += holds ? packet.hold() : 0;
    packet.forEach(
        (index, buffer, offset, length) -> {
          bytes += length;
          events.add(buffer.toString(offset, length, StandardCharsets.UTF_8));
        });
  }

  @Override
  public void onStreamGap(NetSession session, long streamId, long sequence, long packets) {
    throw new AssertionError("nobody leaves gaps here");
  }

  @Override
  public void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {
    streamEnds.add(reason);
  }

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {
    pingwaves.add(ByteBufUtil.getBytes(datagram));
  }

  @Override
  public void onKeepAlive(InetSocketAddress from, ByteBuf datagram) {
    keepAlives.add(from);
  }

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return routes.get(destinationNodeId);
  }
}
