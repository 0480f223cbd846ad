// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionStats;
import io.lichen.transport.net.StreamOptions;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** A session that leads nowhere. */
final class StillSession implements NetSession {
  final long peer;
  int heartbeats;
  long received;
  boolean open = true;
  boolean initiator;
  boolean silenced;

  StillSession(long peer) {
    this.peer = peer;
  }

  @Override
  public long id() {
    return 1;
  }

  @Override
  public long peerNodeId() {
    return peer;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }

  @Override
  public boolean viaRelay() {
    return false;
  }

  @Override
  public boolean initiator() {
    return initiator;
  }

  @Override
  public void silence(boolean quiet) {
    silenced = quiet;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public SendVerdict send(int id, ByteBuf event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SendVerdict sendHeartbeat() {
    heartbeats++;
    return SendVerdict.SENT;
  }

  @Override
  public NetStream stream(long streamId, StreamOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void peerSupports(Set<PeerFeature> features) {}

  @Override
  public void release(long streamId, int bytes) {}

  @Override
  public SessionStats stats() {
    return new SessionStats(heartbeats, received, 0, 0, 0);
  }

  @Override
  public void close() {
    open = false;
  }
}
