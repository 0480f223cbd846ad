// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

/** Attributes that are read or written (RFC 8489, section 18.3; RFC 5780, section 7). */
enum StunAttribute {
  CHANGE_REQUEST(0x0003),
  ERROR_CODE(0x0009),
  XOR_MAPPED_ADDRESS(0x0020),
  FINGERPRINT(0x8028),
  RESPONSE_ORIGIN(0x802b),
  OTHER_ADDRESS(0x802c);

  final int code;

  StunAttribute(int code) {
    this.code = code;
  }
}
