// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A STUN server on a public host, with two addresses and two ports on each (RFC 5780): answers come
 * from where the question wants them.
 */
public final class StunServer implements AutoCloseable {
  private static final int PORT = 3478;
  private static final int MAX_BYTES = 2048;

  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final Selector selector;
  private final AtomicInteger answered = new AtomicInteger();

  /** Starts on the usual port and the next one. */
  public StunServer(Host host) {
    this(host, PORT);
  }

  /**
   * Starts on the first two addresses of a host, which gets a second one if it has none.
   *
   * @param firstPort the next one is its other port
   */
  public StunServer(Host host, int firstPort) {
    if (host.addresses().size() < 2) {
      host.addAddress();
    }
    for (String address : host.addresses().subList(0, 2)) {
      for (int port : List.of(firstPort, firstPort + 1)) {
        addresses.add(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      }
    }
    this.selector = host.call(this::open);
    Thread.ofPlatform().daemon(true).name("stun-" + host.namespace()).start(this::serve);
  }

  /** Its first address. */
  public InetSocketAddress socketAddress() {
    return addresses.getFirst();
  }

  /** {@code host:port} of its first address. */
  public String address() {
    return text(addresses.getFirst());
  }

  /** {@code host:port} of its four: four servers, for whoever knows nothing of RFC 5780. */
  public List<String> allAddresses() {
    return addresses.stream().map(StunServer::text).toList();
  }

  /** How many questions it has answered. */
  public int answered() {
    return answered.get();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private Selector open() throws IOException {
    Selector opened = Selector.open();
    for (int i = 0; i < addresses.size(); i++) {
      DatagramChannel channel = DatagramChannel.open();
      channel.bind(addresses.get(i));
      channel.configureBlocking(false);
      channel.register(opened, SelectionKey.OP_READ, i);
      channels.add(channel);
    }
    return opened;
  }

  private void serve() {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
    try {
      while (selector.isOpen()) {
        selector.select(key -> read(key, buffer));
      }
    } catch (ClosedSelectorException e) {
      // Its end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    int index = (Integer) key.attachment();
    try {
      InetSocketAddress from = (InetSocketAddress) channels.get(index).receive(buffer.clear());
      if (from != null) {
        byte[] datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        StunMessage message = StunMessage.read(datagram).orElse(null);
        if (message != null && message.kind() == StunKind.REQUEST) {
          answer(message, from, index);
        }
      }
    } catch (IOException e) {
      // Closed, or nobody there to answer.
    }
  }

  /** Of four addresses, the second bit of the index is the host, the first the port. */
  private void answer(StunMessage request, InetSocketAddress from, int index) throws IOException {
    int origin = index ^ (request.changesHost() ? 2 : 0) ^ (request.changesPort() ? 1 : 0);
    byte[] answer =
        StunWriter.of(StunKind.SUCCESS, request.transactionId())
            .mappedAddress(from)
            .responseOrigin(addresses.get(origin))
            .otherAddress(addresses.get(index ^ 3))
            .datagram();
    answered.incrementAndGet();
    channels.get(origin).send(ByteBuffer.wrap(answer), from);
  }

  @Override
  public void close() {
    try {
      selector.close();
      for (DatagramChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
