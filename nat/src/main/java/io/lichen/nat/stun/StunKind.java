// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

/** The messages of the one method of STUN, Binding (RFC 8489, section 5). */
public enum StunKind {
  /** Asks how the sender is seen. */
  REQUEST(0x0001),
  /** Asks for nothing: it keeps a mapping open. */
  INDICATION(0x0011),
  /** Says how the sender was seen. */
  SUCCESS(0x0101),
  /** Refuses to say. */
  ERROR(0x0111);

  final int code;

  StunKind(int code) {
    this.code = code;
  }
}
