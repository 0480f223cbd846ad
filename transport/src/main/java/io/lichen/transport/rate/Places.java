// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.rate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whom limits for strangers take for one: an IPv4 address, or an IPv6 /64, out of which one host
 * may choose as many addresses as it likes.
 */
public final class Places {
  private static final int PREFIX_BYTES = 8;

  private Places() {}

  /** The address that stands for the place. */
  public static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] octets = address.getAddress();
    Arrays.fill(octets, PREFIX_BYTES, octets.length, (byte) 0);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 octets are an address", e);
    }
  }
}
