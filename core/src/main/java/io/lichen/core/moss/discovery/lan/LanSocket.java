// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of beacons: it shares its port with other processes of the machine. One thread may
 * receive while others send.
 */
final class LanSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LanSocket.class);
  private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.77");
  private static final int MAX_BEACON_BYTES = 2048;

  /** A datagram and the address of its sender. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Datagram(InetAddress source, byte[] octets) {}

  private final DatagramChannel channel;
  private final int port;

  /** By the index of the interface: its addresses may change. */
  private final Map<Integer, MembershipKey> joined = new HashMap<>();

  private LanSocket(DatagramChannel channel, int port) {
    this.channel = channel;
    this.port = port;
  }

  static LanSocket open(LocalNetworks networks, int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel
          .setOption(StandardSocketOptions.SO_REUSEADDR, true)
          .setOption(StandardSocketOptions.SO_BROADCAST, true)
          .setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1)
          .setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true)
          .bind(new InetSocketAddress("0.0.0.0", port));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    LanSocket socket = new LanSocket(channel, port);
    socket.follow(networks);
    return socket;
  }

  /** Hears in these networks from now on, and in no others. */
  private void follow(LocalNetworks networks) {
    Set<Integer> present = new HashSet<>();
    for (NetworkInterface nic : networks.interfaces()) {
      present.add(nic.getIndex());
      if (!joined.containsKey(nic.getIndex())) {
        join(nic);
      }
    }
    joined.entrySet().removeIf(each -> !present.contains(each.getKey()) && leave(each.getValue()));
  }

  private void join(NetworkInterface nic) {
    try {
      joined.put(nic.getIndex(), channel.join(GROUP, nic));
    } catch (IOException | RuntimeException e) {
      LOG.debug("No multicast over {}: broadcasts have to do", nic.getName(), e);
    }
  }

  private static boolean leave(MembershipKey gone) {
    gone.drop();
    return true;
  }

  /** Sends to all of the local networks; answers how many datagrams have left. */
  synchronized int call(byte[] beacon, LocalNetworks networks) {
    follow(networks);
    int sent = 0;
    for (NetworkInterface nic : networks.interfaces()) {
      try {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, nic);
        sent += send(beacon, GROUP);
      } catch (IOException e) {
        LOG.debug("No beacon over {}", nic.getName(), e);
      }
    }
    for (InetAddress broadcast : networks.broadcasts()) {
      sent += send(beacon, broadcast);
    }
    return sent;
  }

  /** Sends to one node; answers how many datagrams have left. */
  synchronized int send(byte[] beacon, InetAddress to) {
    try {
      channel.send(ByteBuffer.wrap(beacon), new InetSocketAddress(to, port));
      return 1;
    } catch (IOException e) {
      LOG.debug("No beacon to {}", to.getHostAddress(), e);
      return 0;
    }
  }

  /** Waits for a datagram. */
  Datagram receive() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BEACON_BYTES);
    InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
    byte[] octets = new byte[buffer.flip().remaining()];
    buffer.get(octets);
    return new Datagram(source.getAddress(), octets);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
