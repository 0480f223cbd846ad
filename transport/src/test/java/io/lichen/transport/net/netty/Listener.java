// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what it is told, and keeps the numbers that events begin with. */
final class Listener implements NetTransportListener {
  final AtomicLong count = new AtomicLong();
  final AtomicLong messages = new AtomicLong();
  final AtomicLong heartbeats = new AtomicLong();
  final AtomicLong pingwaves = new AtomicLong();
  final List<SessionEnd> ends = new CopyOnWriteArrayList<>();
  private final Map<Long, List<Long>> numbers = new ConcurrentHashMap<>();

  /** What came on a stream; to be asked when no more is coming. */
  List<Long> numbers(long streamId) {
    return numbers.getOrDefault(streamId, List.of());
  }

  @Override
  public void onSession(NetSession session) {}

  @Override
  public void onSessionEnded(NetSession session, SessionEnd reason) {
    ends.add(reason);
  }

  @Override
  public void onHeartbeat(NetSession session) {
    heartbeats.incrementAndGet();
  }

  @Override
  public void onSubprotocol(NetSession session, int id, ByteBuf event) {
    messages.incrementAndGet();
  }

  @Override
  public void onEvents(NetSession session, StreamEvents events) {
    List<Long> known = numbers.computeIfAbsent(events.streamId(), key -> new ArrayList<>());
    events.forEach((index, buffer, offset, length) -> known.add(buffer.getLong(offset)));
    count.addAndGet(events.count());
  }

  @Override
  public void onStreamGap(NetSession session, long streamId, long sequence, long packets) {
    throw new AssertionError("nobody leaves gaps here");
  }

  @Override
  public void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {}

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {
    pingwaves.incrementAndGet();
  }

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return null;
  }
}
