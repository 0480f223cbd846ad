// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/** What carries a session. */
public enum Carrier {
  /** Ordered and reliable. */
  TCP,
  /** One packet a datagram: no order, no repair, no fragmentation. */
  UDP,
  /** Other nodes' sessions: a third node passes on what both ends have sealed for each other. */
  RELAY
}
