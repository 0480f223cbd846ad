// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** An IPv4 address with a port, behind the first octet of a datagram. */
final class SimAddress {
  private static final int IPV4_BYTES = 4;

  private SimAddress() {}

  static byte[] write(byte what, InetSocketAddress address) {
    return ByteBuffer.allocate(1 + IPV4_BYTES + Short.BYTES)
        .put(what)
        .put(address.getAddress().getAddress())
        .putShort((short) address.getPort())
        .array();
  }

  static InetSocketAddress read(byte[] datagram) {
    ByteBuffer in = ByteBuffer.wrap(datagram, 1, IPV4_BYTES + Short.BYTES);
    byte[] host = new byte[IPV4_BYTES];
    in.get(host);
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(host), Short.toUnsignedInt(in.getShort()));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 octets are an address", e);
    }
  }
}
