// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import io.lichen.conformance.net.DeafListener;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.SendVerdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A member of a set that says what it is told to, on a session with another one. */
final class WireMember extends DeafListener implements AutoCloseable {
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
}
