// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A host of a {@link SimInternet}. */
public final class SimUdpHost {
  private static final int FIRST_FREE_PORT = 40_000;

  private final SimSegment network;
  private final InetAddress address;
  private final Map<Integer, Receiver> sockets = new HashMap<>();
  private int nextPort = FIRST_FREE_PORT;

  /** Gets what comes to a socket. */
  @FunctionalInterface
  public interface Receiver {
    /** A datagram came; the array is not copied. */
    void onDatagram(InetSocketAddress from, byte[] datagram);
  }

  SimUdpHost(SimSegment network, InetAddress address) {
    this.network = network;
    this.address = address;
  }

  /** Its own address; behind a NAT nobody else sees it. */
  public InetAddress address() {
    return address;
  }

  /**
   * Opens a socket.
   *
   * @param port 0 for any
   * @return its own address
   * @throws IllegalStateException if the port is taken
   */
  public InetSocketAddress bind(int port, Receiver receiver) {
    int chosen = port == 0 ? nextPort++ : port;
    if (sockets.putIfAbsent(chosen, Objects.requireNonNull(receiver)) != null) {
      throw new IllegalStateException("port " + chosen + " is taken");
    }
    return new InetSocketAddress(address, chosen);
  }

  /** Sends from a port of this host, bound or not. */
  public void send(int port, InetSocketAddress to, byte[] datagram) {
    network.send(new InetSocketAddress(address, port), to, datagram);
  }

  void receive(int port, InetSocketAddress from, byte[] datagram) {
    Receiver receiver = sockets.get(port);
    if (receiver != null) {
      receiver.onDatagram(from, datagram);
    }
  }
}
