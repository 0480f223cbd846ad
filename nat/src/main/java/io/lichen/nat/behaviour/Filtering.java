// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

/** Whose datagrams a NAT or firewall lets in to an address in use (RFC 4787, section 5). */
public enum Filtering {
  /** Not found out. */
  UNKNOWN,
  /** Everybody's. */
  ENDPOINT_INDEPENDENT,
  /** Those of hosts to which something was sent from there. */
  ADDRESS_DEPENDENT,
  /** Those of hosts and ports to which something was sent from there. */
  ADDRESS_AND_PORT_DEPENDENT
}
