// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

/** The kind octet of a datagram (docs/wire/moss-transport.md, "Datagrams"). */
public final class DatagramKind {
  /** Mode octet, then the first Noise message. */
  public static final int INIT = 1;

  /** The second Noise message. */
  public static final int RESPONSE = 2;

  /** XX: the third Noise message. IK: the 32 octets of the challenge. */
  public static final int DONE = 3;

  /** Sequence number, then a sealed mux packet. */
  public static final int PACKET = 4;

  /** A token of 16 octets: "which address do you see me at?". */
  public static final int OBSERVE_REQUEST = 5;

  /** The token, then the address as text. */
  public static final int OBSERVE_RESPONSE = 6;

  private DatagramKind() {}
}
