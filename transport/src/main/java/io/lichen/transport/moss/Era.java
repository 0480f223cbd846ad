// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/**
 * Which generation of the Moss wire a node speaks; one socket cannot tell them apart
 * (docs/wire/moss-transport.md, "Three wire eras").
 */
public enum Era {
  /**
   * v0.1.0 to v0.3.1: the handshake is bound to the mesh id and the pre-shared key, UDP datagrams
   * are plain.
   */
  A,
  /** v0.6.0 to v0.8.19: bound to the network id, UDP obfuscated, payloads sealed by room. */
  C
}
