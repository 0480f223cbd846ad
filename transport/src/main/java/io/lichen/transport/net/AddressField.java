// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An address and port in 19 bytes: family 4 or 6, 16 bytes with IPv4 in the first four, port in
 * network order (docs/wire/net-transport.md, "Reflex"). Stateless.
 */
public final class AddressField {
  /** Its size. */
  public static final int BYTES = 19;

  private static final int FAMILY_V4 = 4;
  private static final int FAMILY_V6 = 6;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private AddressField() {}

  /** Appends a resolved address. */
  public static void write(ByteBuf out, InetSocketAddress address) {
    byte[] octets = address.getAddress().getAddress();
    out.writeByte(octets.length == V4_BYTES ? FAMILY_V4 : FAMILY_V6)
        .writeBytes(octets)
        .writeZero(V6_BYTES - octets.length)
        .writeShort(address.getPort());
  }

  /**
   * Takes the next 19 bytes, which must be there.
   *
   * @return {@code null} if the family is neither
   */
  public static @Nullable InetSocketAddress read(ByteBuf in) {
    int family = in.readUnsignedByte();
    byte[] octets = new byte[family == FAMILY_V4 ? V4_BYTES : V6_BYTES];
    in.readBytes(octets);
    in.skipBytes(V6_BYTES - octets.length);
    int port = in.readUnsignedShort();
    if (family != FAMILY_V4 && family != FAMILY_V6) {
      return null;
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(octets.length + " bytes are an address", e);
    }
  }
}
