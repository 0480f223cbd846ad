// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP or TCP packet whose addresses can be exchanged. */
final class Ipv4Packet {
  private static final int MIN_HEADER_BYTES = 20;
  private static final int PORTS_BYTES = 4;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int FRAGMENT_MASK = 0x3fff;
  private static final int PROTOCOL_OFFSET = 9;
  private static final int CHECKSUM_OFFSET = 10;
  private static final int SOURCE_OFFSET = 12;
  private static final int DESTINATION_OFFSET = 16;
  private static final int IPV4_BYTES = 4;
  private static final int UDP_CHECKSUM_OFFSET = 6;
  private static final int TCP_CHECKSUM_OFFSET = 16;

  private final byte[] octets;
  private final ByteBuffer packet;
  private final int payload;

  private Ipv4Packet(byte[] octets, int payload) {
    this.octets = octets;
    this.packet = ByteBuffer.wrap(octets);
    this.payload = payload;
  }

  /** Reads one; {@code null} if it is something else, or a fragment. */
  static @Nullable Ipv4Packet of(byte[] octets) {
    if (octets.length < MIN_HEADER_BYTES || octets[0] >> 4 != 4) {
      return null;
    }
    ByteBuffer packet = ByteBuffer.wrap(octets);
    int payload = (octets[0] & 0xf) * 4;
    int protocol = octets[PROTOCOL_OFFSET];
    boolean isFragment = (packet.getShort(FRAGMENT_OFFSET) & FRAGMENT_MASK) != 0;
    int least = protocol == UDP ? UDP_CHECKSUM_OFFSET : TCP_CHECKSUM_OFFSET;
    if (isFragment
        || (protocol != UDP && protocol != TCP)
        || octets.length < payload + least + Short.BYTES) {
      return null;
    }
    return new Ipv4Packet(octets, payload);
  }

  boolean isUdp() {
    return packet.get(PROTOCOL_OFFSET) == UDP;
  }

  InetSocketAddress source() {
    return endpoint(SOURCE_OFFSET, payload);
  }

  InetSocketAddress destination() {
    return endpoint(DESTINATION_OFFSET, payload + Short.BYTES);
  }

  private InetSocketAddress endpoint(int addressOffset, int portOffset) {
    byte[] address = Arrays.copyOfRange(octets, addressOffset, addressOffset + IPV4_BYTES);
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(address), Short.toUnsignedInt(packet.getShort(portOffset)));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 octets are an address", e);
    }
  }

  /** The packet with these ends instead. */
  byte[] between(InetSocketAddress source, InetSocketAddress destination) {
    int checksum = payload + (isUdp() ? UDP_CHECKSUM_OFFSET : TCP_CHECKSUM_OFFSET);
    // UDP may do without one.
    boolean isChecked = !isUdp() || packet.getShort(checksum) != 0;
    long before = sum(SOURCE_OFFSET, 2 * IPV4_BYTES);
    long portsBefore = sum(payload, PORTS_BYTES);
    packet.put(SOURCE_OFFSET, source.getAddress().getAddress());
    packet.put(DESTINATION_OFFSET, destination.getAddress().getAddress());
    packet.putShort(payload, (short) source.getPort());
    packet.putShort(payload + Short.BYTES, (short) destination.getPort());
    long after = sum(SOURCE_OFFSET, 2 * IPV4_BYTES);
    long portsAfter = sum(payload, PORTS_BYTES);
    adjust(CHECKSUM_OFFSET, before, after);
    if (isChecked) {
      adjust(checksum, before + portsBefore, after + portsAfter);
    }
    return octets;
  }

  private long sum(int offset, int bytes) {
    long sum = 0;
    for (int i = 0; i < bytes; i += Short.BYTES) {
      sum += Short.toUnsignedInt(packet.getShort(offset + i));
    }
    return sum;
  }

  /** RFC 1624, equation 3: the checksum's complement less what was, plus what is. */
  private void adjust(int offset, long before, long after) {
    long sum = ~packet.getShort(offset) & 0xffff;
    sum += after + fold(~fold(before) & 0xffff);
    packet.putShort(offset, (short) ~fold(sum));
  }

  private static long fold(long sum) {
    long folded = sum;
    while (folded >> Short.SIZE != 0) {
      folded = (folded & 0xffff) + (folded >> Short.SIZE);
    }
    return folded;
  }
}
