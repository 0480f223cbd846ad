// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Counts events, and has no opinion on the rest. On the loop; the count may be read anywhere. */
public class CountingListener implements NetTransportListener {
  private volatile long count;

  /** How many events have come. */
  public final long count() {
    return count;
  }

  @Override
  public void onEvents(NetSession session, StreamEvents events) {
    long sum = count + events.count(); // Written by the loop alone.
    count = sum;
  }

  @Override
  public void onSession(NetSession session) {}

  @Override
  public final void onSessionEnded(NetSession session, SessionEnd reason) {}

  @Override
  public final void onHeartbeat(NetSession session) {}

  @Override
  public final void onSubprotocol(NetSession session, int id, ByteBuf event) {}

  @Override
  public final void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {}

  @Override
  public final void onStreamGap(NetSession session, long streamId, long sequence, long count) {}

  @Override
  public final void onPingwave(InetSocketAddress from, ByteBuf datagram) {}

  @Override
  public final @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return null;
  }
}
