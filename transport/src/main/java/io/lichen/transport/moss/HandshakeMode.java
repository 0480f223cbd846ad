// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/** How a session was opened: the mode octet of docs/wire/moss-transport.md, "Opening". */
public enum HandshakeMode {
  /** Full handshake, nothing known of the other side. */
  XX(1),
  /** One round trip, the initiator knew the responder's Noise static key. */
  IK(2);

  private final int octet;

  HandshakeMode(int octet) {
    this.octet = octet;
  }

  /** The octet that announces this mode on the wire. */
  public int octet() {
    return octet;
  }
}
