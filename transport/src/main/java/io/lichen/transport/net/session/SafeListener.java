// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener such that its faults harm neither a session nor the loop. On the loop. */
final class SafeListener implements NetTransportListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.lichen.transport.net");
  private static final long QUIET_NS = 1_000_000_000L;

  private final NetTransportListener listener;
  private final DropCounters drops;
  private long loggedNs = System.nanoTime() - QUIET_NS;

  SafeListener(NetTransportListener listener, DropCounters drops) {
    this.listener = listener;
    this.drops = drops;
  }

  @Override
  public void onSession(NetSession session) {
    try {
      listener.onSession(session);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onSessionEnded(NetSession session, SessionEnd reason) {
    try {
      listener.onSessionEnded(session, reason);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onPathChanged(NetSession session) {
    try {
      listener.onPathChanged(session);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onHeartbeat(NetSession session) {
    try {
      listener.onHeartbeat(session);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onSubprotocol(NetSession session, int id, ByteBuf event) {
    try {
      listener.onSubprotocol(session, id, event);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onEvents(NetSession session, StreamEvents events) {
    try {
      listener.onEvents(session, events);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onStreamGap(NetSession session, long streamId, long sequence, long packets) {
    try {
      listener.onStreamGap(session, streamId, sequence, packets);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onStreamEnded(NetSession session, long streamId, StreamEnd reason) {
    try {
      listener.onStreamEnded(session, streamId, reason);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {
    try {
      listener.onPingwave(from, datagram);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void onKeepAlive(InetSocketAddress from, ByteBuf datagram) {
    try {
      listener.onKeepAlive(from, datagram);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    try {
      return listener.nextHop(destinationNodeId);
    } catch (RuntimeException e) {
      failed(e);
      return null;
    }
  }

  private void failed(RuntimeException cause) {
    drops.drop(DropReason.LISTENER_FAILED);
    long now = System.nanoTime();
    if (now - loggedNs >= QUIET_NS) {
      loggedNs = now;
      LOG.error("the listener of a transport failed, at least once in this second", cause);
    }
  }
}
