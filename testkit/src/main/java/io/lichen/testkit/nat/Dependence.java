// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import java.net.InetSocketAddress;

/** What of the other end something depends on (RFC 4787, sections 4.1 and 5). */
public enum Dependence {
  /** Nothing: everybody is treated alike. */
  ENDPOINT_INDEPENDENT,
  /** Its address, whatever the port. */
  ADDRESS_DEPENDENT,
  /** Its address and port. */
  ADDRESS_AND_PORT_DEPENDENT;

  /** What endpoints that are treated alike have in common; equal for those, and only for those. */
  Object keyOf(InetSocketAddress endpoint) {
    return switch (this) {
      case ENDPOINT_INDEPENDENT -> this;
      case ADDRESS_DEPENDENT -> endpoint.getAddress();
      case ADDRESS_AND_PORT_DEPENDENT -> endpoint;
    };
  }
}
