// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import io.lichen.redex.replica.ReplicationLink;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A member of a set that says what it is told to, on a session with another one. */
final class WireMember implements NetTransportListener, AutoCloseable {
  private static final long ANSWER_LIMIT_SECONDS = 20;

  private final LinkedBlockingQueue<ByteBuffer> heard = new LinkedBlockingQueue<>();
  private final NetTransport transport;
  private final NetSession session;

  /** Connects to a node that has started. */
  WireMember(long nodeId, byte[] psk, NativeReplica other) {
    transport = NetTransport.open(NetTransportConfig.defaults(nodeId, psk), this);
    transport.start();
    NetDial dial =
        new NetDial(other.address(), other.publicKey(), other.nodeId(), NetDial.Way.ROUTED);
    session = transport.connect(dial).join();
  }

  /** Says one message. */
  void say(byte[] message) {
    SendVerdict verdict =
        session.send(ReplicationLink.SUBPROTOCOL_ID, Unpooled.wrappedBuffer(message));
    if (verdict != SendVerdict.SENT) {
      throw new AssertionError("not sent: " + verdict);
    }
  }

  /** What the other one said. */
  ByteBuffer hear() throws InterruptedException {
    ByteBuffer message = heard.poll(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no answer within " + ANSWER_LIMIT_SECONDS + " s");
    }
    return message;
  }

  /** Whether it said more than was heard. */
  boolean hasMore() {
    return !heard.isEmpty();
  }

  @Override
  public void onSubprotocol(NetSession from, int id, ByteBuf event) {
    if (id == ReplicationLink.SUBPROTOCOL_ID) {
      heard.add(ByteBuffer.wrap(ByteBufUtil.getBytes(event)));
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public void onSession(NetSession established) {}

  @Override
  public void onSessionEnded(NetSession ended, SessionEnd reason) {}

  @Override
  public void onHeartbeat(NetSession from) {}

  @Override
  public void onEvents(NetSession from, StreamEvents events) {}

  @Override
  public void onStreamGap(NetSession from, long streamId, long sequence, long packets) {}

  @Override
  public void onStreamEnded(NetSession from, long streamId, StreamEnd reason) {}

  @Override
  public void onPingwave(InetSocketAddress from, ByteBuf datagram) {}

  @Override
  public @Nullable InetSocketAddress nextHop(long destinationNodeId) {
    return null;
  }
}
