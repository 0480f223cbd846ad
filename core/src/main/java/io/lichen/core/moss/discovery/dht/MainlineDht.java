// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link DhtNode} with a UDP socket and a thread of its own, until it is closed. */
public final class MainlineDht implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MainlineDht.class);

  /** How often the node looks at its clock. */
  private static final int TICK_MS = 100;

  private static final long TICK_NS = TICK_MS * 1_000_000L;

  /** A longer datagram is cut off and then no message. */
  private static final int MAX_DATAGRAM_BYTES = 4096;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final DatagramSocket socket;
  private final List<String> bootstrap;
  private final Queue<List<Endpoint>> resolved = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean resolving = new AtomicBoolean();
  private final DhtNode node;
  private final Thread thread;

  /** The node's thread only. */
  private long nextTickNs = System.nanoTime();

  /**
   * Binds and begins.
   *
   * @param name of its threads
   * @param local where to bind, an IPv4 address
   * @param bootstrap nodes to begin with, {@code host:port}
   * @param found is told of peers, from the node's thread
   * @throws IOException if it cannot be bound
   */
  public MainlineDht(
      String name,
      InetSocketAddress local,
      List<String> bootstrap,
      DhtSettings settings,
      Consumer<List<Endpoint>> found,
      DhtCounters counters)
      throws IOException {
    this.socket = open(local);
    this.bootstrap = List.copyOf(bootstrap);
    this.node =
        new DhtNode(settings, new Host(found), counters, new SecureRandom(), System.nanoTime());
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /** IPv4 only: natives listen there only, and what one announces carries the sender's address. */
  private static DatagramSocket open(InetSocketAddress local) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      DatagramSocket socket = channel.bind(local).socket();
      socket.setSoTimeout(TICK_MS);
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Where it is bound. */
  public Endpoint address() {
    return new Endpoint(socket.getLocalAddress(), socket.getLocalPort());
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
    while (!socket.isClosed()) {
      try {
        turn(packet);
      } catch (SocketTimeoutException e) {
        // Nobody has said anything; the clock goes on.
      } catch (IOException e) {
        LOG.debug("The DHT's socket: {}", e.toString());
        LockSupport.parkNanos(TICK_NS);
      } catch (RuntimeException e) {
        LOG.warn("The DHT goes on after a fault", e);
      }
    }
  }

  private void turn(DatagramPacket packet) throws IOException {
    long nowNs = System.nanoTime();
    List<Endpoint> nodes = resolved.poll();
    if (nodes != null) {
      node.bootstrap(nodes, nowNs);
    }
    if (nextTickNs - nowNs <= 0) {
      nextTickNs = nowNs + TICK_NS;
      node.tick(nowNs);
    }
    packet.setLength(MAX_DATAGRAM_BYTES);
    socket.receive(packet);
    byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
    Endpoint from = new Endpoint(packet.getAddress(), packet.getPort());
    node.receive(from, datagram, System.nanoTime());
  }

  /** Ends at once; the DHT forgets this node by itself. */
  @Override
  public void close() {
    socket.close();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("{} does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Host implements DhtHost {
    private final Consumer<List<Endpoint>> found;

    Host(Consumer<List<Endpoint>> found) {
      this.found = found;
    }

    @Override
    public void send(Endpoint to, byte[] datagram) {
      try {
        socket.send(
            new DatagramPacket(
                datagram, datagram.length, new InetSocketAddress(to.host(), to.port())));
      } catch (IOException | IllegalArgumentException e) {
        LOG.trace("Nothing goes to {}", to, e);
      }
    }

    @Override
    public void found(List<Endpoint> peers) {
      found.accept(peers);
    }

    /** The name service may take its time: it is asked on another thread. */
    @Override
    public void needsBootstrap() {
      if (bootstrap.isEmpty()) {
        resolved.add(List.of());
      } else if (resolving.compareAndSet(false, true)) {
        Thread.ofVirtual()
            .name("bootstrap")
            .start(
                () -> {
                  List<Endpoint> nodes = BootstrapNodes.resolve(bootstrap);
                  resolving.set(false);
                  resolved.add(nodes);
                });
      }
    }
  }
}
