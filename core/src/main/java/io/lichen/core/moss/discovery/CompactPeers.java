// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Endpoints as trackers and the DHT write them: the octets of the address and two of the port
 * (docs/wire/moss-discovery.md, "Compact peers"). Stateless.
 */
public final class CompactPeers {
  /** Octets of an IPv4 address. */
  public static final int IPV4_BYTES = 4;

  /** Octets of an IPv6 address. */
  public static final int IPV6_BYTES = 16;

  private static final int PORT_BYTES = 2;

  private CompactPeers() {}

  /**
   * Reads records until fewer octets than a record are left; those are ignored.
   *
   * @param octets at the first record
   * @param hostBytes 4 or 16
   * @param max records beyond this many are ignored
   */
  public static List<Endpoint> decode(ByteBuffer octets, int hostBytes, int max) {
    List<Endpoint> peers = new ArrayList<>();
    while (octets.remaining() >= hostBytes + PORT_BYTES && peers.size() < max) {
      byte[] host = new byte[hostBytes];
      octets.get(host);
      peers.add(new Endpoint(address(host), Short.toUnsignedInt(octets.getShort())));
    }
    return peers;
  }

  /** The record of an endpoint. */
  public static byte[] encode(Endpoint peer) {
    byte[] host = peer.host().getAddress();
    return ByteBuffer.allocate(host.length + PORT_BYTES)
        .put(host)
        .putShort((short) peer.port())
        .array();
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + octets.length + " octets", e);
    }
  }
}
