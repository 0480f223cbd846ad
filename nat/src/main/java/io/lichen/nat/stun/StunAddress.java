// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Addresses in attributes, in clear and disguised (RFC 8489, sections 14.1 and 14.2). */
final class StunAddress {
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int PREFIX_BYTES = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private StunAddress() {}

  /** Reads one; {@code null} if it is none. */
  static @Nullable InetSocketAddress read(byte[] value) {
    return read(value, 0, new byte[IPV6_BYTES]);
  }

  /** Reads one that is disguised by the cookie and the transaction id. */
  static @Nullable InetSocketAddress readXored(byte[] value, TransactionId id) {
    return read(value, StunMessage.COOKIE >>> Short.SIZE, mask(id));
  }

  private static @Nullable InetSocketAddress read(byte[] value, int portMask, byte[] mask) {
    if (value.length < PREFIX_BYTES || value.length != PREFIX_BYTES + hostBytes(value[1])) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(value, 2, value.length - 2);
    int port = Short.toUnsignedInt(in.getShort()) ^ portMask;
    byte[] host = new byte[in.remaining()];
    in.get(host);
    return new InetSocketAddress(host(xored(host, mask)), port);
  }

  /** Writes one that is disguised. */
  static byte[] writeXored(InetSocketAddress address, TransactionId id) {
    return write(address, StunMessage.COOKIE >>> Short.SIZE, mask(id));
  }

  /** Writes one in clear. */
  static byte[] write(InetSocketAddress address) {
    return write(address, 0, new byte[IPV6_BYTES]);
  }

  private static byte[] write(InetSocketAddress address, int portMask, byte[] mask) {
    byte[] host = address.getAddress().getAddress();
    return ByteBuffer.allocate(PREFIX_BYTES + host.length)
        .put((byte) 0)
        .put((byte) (host.length == IPV4_BYTES ? IPV4 : IPV6))
        .putShort((short) (address.getPort() ^ portMask))
        .put(xored(host, mask))
        .array();
  }

  private static int hostBytes(byte family) {
    return switch (family) {
      case IPV4 -> IPV4_BYTES;
      case IPV6 -> IPV6_BYTES;
      default -> -1;
    };
  }

  private static byte[] mask(TransactionId id) {
    return ByteBuffer.allocate(IPV6_BYTES)
        .putInt(StunMessage.COOKIE)
        .putInt(id.high())
        .putLong(id.low())
        .array();
  }

  private static byte[] xored(byte[] octets, byte[] mask) {
    byte[] xored = octets.clone();
    for (int i = 0; i < xored.length; i++) {
      xored[i] ^= mask[i];
    }
    return xored;
  }

  private static InetAddress host(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 octets are an address", e);
    }
  }
}
