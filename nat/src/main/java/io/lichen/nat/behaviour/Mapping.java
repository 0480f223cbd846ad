// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

/** When a NAT uses one external address for one internal one (RFC 4787, section 4.1). */
public enum Mapping {
  /** Not found out. */
  UNKNOWN,
  /** Nothing is translated. */
  NONE,
  /** Whatever the destination. */
  ENDPOINT_INDEPENDENT,
  /** For all ports of one destination host. */
  ADDRESS_DEPENDENT,
  /** For one destination host and port only, or at least not for two hosts. */
  ADDRESS_AND_PORT_DEPENDENT
}
