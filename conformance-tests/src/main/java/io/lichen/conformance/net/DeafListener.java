// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Does nothing with what a transport brings; who needs some of it overrides that. */
public class DeafListener implements NetTransportListener {
  @Override
  public void onSession(NetSession session) {}

  @Override
  public void onSessionEnded(NetSession session, SessionEnd reason) {}

  @Override
  public void onHeartbeat(NetSession session) {}

  @Override
  public void onSubprotocol(NetSession session, int id, ByteBuf event) {}

  @Override
  public void onEvents(NetSession session, StreamEvents events) {}

  @Override
  public void onStreamGap(NetSession session, long streamId, long sequence, long packets) {}

  @Override
  public void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {}

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {}

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return null;
  }
}
