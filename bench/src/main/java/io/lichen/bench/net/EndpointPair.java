// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.session.DatagramOut;
import io.lichen.transport.net.session.NetEndpoint;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two engines with a session between them and no socket: datagrams go from queue to queue on the
 * caller's thread.
 */
final class EndpointPair {
  private static final long SENDER_ID = 1;
  private static final long RECEIVER_ID = 2;
  private static final byte[] PSK = new byte[32];

  private final InetSocketAddress senderAddress = address(1);
  private final InetSocketAddress receiverAddress = address(2);
  private final ArrayDeque<ByteBuf> toSender = new ArrayDeque<>();
  private final ArrayDeque<ByteBuf> toReceiver = new ArrayDeque<>();
  private final CountingListener arrived = new CountingListener();
  private final CallerLoop loop = new CallerLoop();
  private final NetEndpoint sender = endpoint(SENDER_ID, (to, packet) -> toReceiver.add(packet));
  private final NetEndpoint receiver = endpoint(RECEIVER_ID, (to, packet) -> toSender.add(packet));
  private final NetStream stream;

  EndpointPair(boolean reliable) {
    CompletableFuture<NetSession> accepted = new CompletableFuture<>();
    CompletableFuture<NetSession> connected = new CompletableFuture<>();
    receiver.accept(SENDER_ID, accepted);
    sender.connect(
        new NetDial(receiverAddress, receiver.publicKey(), RECEIVER_ID, NetDial.Way.DIRECT),
        connected);
    while (!connected.isDone()) {
      move();
    }
    stream =
        connected.join().stream(
            1, reliable ? StreamOptions.ofReliable() : StreamOptions.ofFireAndForget());
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private NetEndpoint endpoint(long nodeId, DatagramOut out) {
    return new NetEndpoint(
        NetTransportConfig.defaults(nodeId, PSK), arrived, loop, out, new SecureRandom());
  }

  /** Sends events and moves datagrams until all have arrived; how many have since the beginning. */
  long send(List<byte[]> events) {
    long expected = arrived.count() + events.size();
    var unused = stream.send(events);
    while (arrived.count() < expected) {
      move();
    }
    return expected;
  }

  private void move() {
    loop.run();
    feed(receiver, toReceiver, senderAddress);
    feed(sender, toSender, receiverAddress);
  }

  private static void feed(NetEndpoint to, ArrayDeque<ByteBuf> datagrams, InetSocketAddress from) {
    long nowNs = System.nanoTime();
    for (ByteBuf next = datagrams.poll(); next != null; next = datagrams.poll()) {
      to.onDatagram(from, next, nowNs);
      next.release();
    }
    to.onBatchEnd(nowNs);
    if (to.nextDeadlineNs() - nowNs <= 0) {
      to.onTimer(nowNs);
    }
  }
}
