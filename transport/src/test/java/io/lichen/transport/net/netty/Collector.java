// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.session.DatagramIn;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine that keeps what comes. */
class Collector implements DatagramIn {
  final List<byte[]> datagrams = new CopyOnWriteArrayList<>();
  final List<InetSocketAddress> senders = new CopyOnWriteArrayList<>();
  final AtomicInteger batches = new AtomicInteger();
  final AtomicInteger timers = new AtomicInteger();
  volatile long deadlineNs = NO_DEADLINE;

  @Override
  public void onDatagram(InetSocketAddress from, ByteBuf datagram, long nowNs) {
    byte[] octets = new byte[datagram.readableBytes()];
    datagram.readBytes(octets);
    senders.add(from);
    datagrams.add(octets);
  }

  @Override
  public void onBatchEnd(long nowNs) {
    batches.incrementAndGet();
  }

  @Override
  public void onTimer(long nowNs) {
    timers.incrementAndGet();
  }

  @Override
  public long nextDeadlineNs() {
    return deadlineNs;
  }
}
