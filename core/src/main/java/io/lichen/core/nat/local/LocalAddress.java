// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address of this machine and the network that it is in.
 *
 * @param interfaceName of the interface that has it
 * @param interfaceIndex its number
 * @param address the address
 * @param prefixLength how many of its leading bits are the network's
 */
public record LocalAddress(
    String interfaceName, int interfaceIndex, InetAddress address, int prefixLength) {
  /** Whether somebody may mean this interface by a name or a number; empty means any. */
  public boolean isNamed(String named) {
    return named.isEmpty()
        || interfaceName.equals(named)
        || Integer.toString(interfaceIndex).equals(named);
  }

  /** Whether it is IPv4 and leads farther than this machine and its wire. */
  boolean isUsableIpv4() {
    return address instanceof Inet4Address
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress();
  }

  /** Whether another address is in the same network. */
  public boolean isNear(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] far = other.getAddress();
    return own.length == far.length && sharedBits(own, far) >= prefixLength;
  }

  private static int sharedBits(byte[] one, byte[] other) {
    for (int i = 0; i < one.length; i++) {
      int difference = (one[i] ^ other[i]) & 0xff;
      if (difference != 0) {
        return i * Byte.SIZE
            + Integer.numberOfLeadingZeros(difference)
            - (Integer.SIZE - Byte.SIZE);
      }
    }
    return one.length * Byte.SIZE;
  }

  /** The first address of the network that a machine can have: where home routers mostly are. */
  InetAddress firstOfNetwork() {
    byte[] octets = address.getAddress();
    for (int bit = prefixLength; bit < octets.length * Byte.SIZE; bit++) {
      octets[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
    }
    octets[octets.length - 1] |= 1;
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("as long as before", e);
    }
  }
}
