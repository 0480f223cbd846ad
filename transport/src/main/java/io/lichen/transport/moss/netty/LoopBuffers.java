// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

/**
 * Scratch arrays of one event loop, shared by its sessions: what is read is opened in one, what is
 * written is sealed in the other.
 */
final class LoopBuffers {
  /** The most that one read brings. */
  static final int INBOUND_BYTES = 256 * 1024;

  /** How much is sealed before it is handed to the socket. */
  static final int OUTBOUND_BYTES = 64 * 1024;

  private final byte[] inbound = new byte[INBOUND_BYTES];
  private byte[] outbound = new byte[OUTBOUND_BYTES];

  byte[] inbound() {
    return inbound;
  }

  /** An array for at least this many octets; a large one is not kept. */
  byte[] outbound(int neededBytes) {
    if (neededBytes > OUTBOUND_BYTES) {
      return neededBytes > INBOUND_BYTES ? new byte[neededBytes] : grown();
    }
    return outbound;
  }

  private byte[] grown() {
    if (outbound.length < INBOUND_BYTES) {
      outbound = new byte[INBOUND_BYTES];
    }
    return outbound;
  }
}
