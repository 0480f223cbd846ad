// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import com.sun.management.ThreadMXBean;
import io.lichen.transport.net.netty.SocketTuning;
import io.lichen.transport.net.netty.UdpSocket;
import io.lichen.transport.net.session.DatagramIn;
import io.lichen.transport.netty.SocketKit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;

/**
 * Two sockets, one of which sends datagrams of one size to the other as fast as a window of
 * unconfirmed octets allows; the other confirms how many it has at the end of each batch.
 */
final class DatagramStream implements AutoCloseable {
  private static final int SOCKET_BYTES = 4 << 20;
  private static final long LOST_AFTER_NS = 20_000_000;

  private final UdpSocket from;
  private final UdpSocket to;
  private final Sender sender;
  private final Receiver receiver;

  /**
   * What came of a run.
   *
   * @param perSecond datagrams received in a second
   * @param bytesEach what all threads allocated on the heap for one
   */
  record Figures(double perSecond, double bytesEach) {}

  DatagramStream(SocketKit kit, SocketTuning tuning, int windowBytes, int datagramBytes) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    from = UdpSocket.bind(kit, tuning, any, SOCKET_BYTES);
    to = UdpSocket.bind(kit, tuning, any, SOCKET_BYTES);
    sender = new Sender(from, to.localAddress(), windowBytes, datagramBytes);
    receiver = new Receiver(to, from.localAddress());
  }

  Figures run(long millis) {
    to.start(receiver);
    from.start(sender);
    LockSupport.parkNanos(50_000_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long count = receiver.count;
    long allocated = threads.getTotalThreadAllocatedBytes();
    long startNs = System.nanoTime();
    LockSupport.parkNanos(millis * 1_000_000);
    long received = receiver.count - count;
    double seconds = (System.nanoTime() - startNs) / 1e9;
    double garbage = threads.getTotalThreadAllocatedBytes() - allocated;
    return new Figures(received / seconds, garbage / Math.max(1, received));
  }

  @Override
  public void close() {
    from.close();
    to.close();
  }

  private static final class Receiver implements DatagramIn {
    private final UdpSocket socket;
    private final InetSocketAddress peer;
    private volatile long count;

    Receiver(UdpSocket socket, InetSocketAddress peer) {
      this.socket = socket;
      this.peer = peer;
    }

    @Override
    public void onDatagram(InetSocketAddress sender, ByteBuf datagram, long nowNs) {
      long sum = count + 1; // Written by the loop alone.
      count = sum;
    }

    @Override
    public void onBatchEnd(long nowNs) {
      socket.send(peer, PooledByteBufAllocator.DEFAULT.directBuffer(8).writeLong(count));
    }

    @Override
    public void onTimer(long nowNs) {}

    @Override
    public long nextDeadlineNs() {
      return NO_DEADLINE;
    }
  }

  private static final class Sender implements DatagramIn {
    private final UdpSocket socket;
    private final InetSocketAddress peer;
    private final int datagramBytes;
    private final int window;
    private final byte[] octets;
    private long inFlight;
    private long confirmed;
    private long heardNs = System.nanoTime();

    Sender(UdpSocket socket, InetSocketAddress peer, int windowBytes, int datagramBytes) {
      this.socket = socket;
      this.peer = peer;
      this.datagramBytes = datagramBytes;
      this.window = Math.max(1, windowBytes / datagramBytes);
      this.octets = new byte[datagramBytes];
    }

    @Override
    public void onDatagram(InetSocketAddress sender, ByteBuf datagram, long nowNs) {
      long total = datagram.readLong();
      inFlight = Math.max(0, inFlight - (total - confirmed));
      confirmed = total;
      heardNs = nowNs;
    }

    @Override
    public void onBatchEnd(long nowNs) {
      while (inFlight < window) {
        inFlight++;
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(datagramBytes);
        socket.send(peer, datagram.writeBytes(octets));
      }
    }

    @Override
    public void onTimer(long nowNs) {
      if (nowNs - heardNs > LOST_AFTER_NS) {
        inFlight = 0;
        heardNs = nowNs;
      }
      onBatchEnd(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
      return heardNs + LOST_AFTER_NS;
    }
  }
}
