// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A way to a node, over real sockets, that adds forged, cut and old datagrams to those it carries,
 * and lets some overtake others.
 */
final class HostilePath implements AutoCloseable {
  private static final int KEPT = 256;
  private static final int MAX_DATAGRAM = 65_535;

  private final SocketAddress far;
  private final Random random;
  private final DatagramSocket socket;
  private final Thread thread;
  private final List<byte[]> toFar = new ArrayList<>();
  private final List<byte[]> toNear = new ArrayList<>();
  private volatile double loss;
  private @Nullable SocketAddress near;
  private byte @Nullable [] late;

  /** A way to a node that loses nothing yet. */
  HostilePath(InetSocketAddress far, long seed) {
    this.far = far;
    this.random = new Random(seed);
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("hostile-path").start(this::run);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** From now on loses a part, 0 to 1, of what leads to the node. */
  void lose(double part) {
    loss = part;
  }

  /** What it has carried to the node, the first 256. */
  List<byte[]> carried() {
    synchronized (toFar) {
      return List.copyOf(toFar);
    }
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM);
        socket.receive(packet);
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        if (packet.getSocketAddress().equals(far)) {
          carry(datagram, near, toNear);
        } else {
          near = packet.getSocketAddress();
          carryToFar(datagram);
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void carryToFar(byte[] datagram) throws IOException {
    if (random.nextDouble() < loss) {
      return;
    }
    if (late == null && random.nextInt(4) == 0) {
      late = datagram;
      return;
    }
    carry(datagram, far, toFar);
    if (late != null) {
      carry(late, far, toFar);
      late = null;
    }
  }

  private void carry(byte[] datagram, @Nullable SocketAddress to, List<byte[]> kept)
      throws IOException {
    if (to == null) {
      return;
    }
    send(datagram, to);
    synchronized (toFar) {
      if (kept.size() < KEPT) {
        kept.add(datagram);
      }
    }
    byte[] flipped = datagram.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    send(flipped, to);
    send(Arrays.copyOf(datagram, random.nextInt(datagram.length)), to);
    send(kept.get(random.nextInt(kept.size())), to);
  }

  private void send(byte[] datagram, SocketAddress to) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, to));
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
