// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

/**
 * What a datagram is, by its length and first two bytes (docs/wire/net-transport.md, "Datagram
 * classes").
 */
public enum DatagramClass {
  /** Holds a NAT mapping open; plaintext. */
  NAT_KEEP_ALIVE,
  /** A node saying that it is there; plaintext. */
  PINGWAVE,
  /** An authenticated envelope between relays that hold gateway credentials. */
  ROUTE_HOP,
  /** A packet on its way to some node by its id. */
  ROUTED,
  /** A packet from the other end of a session, or a handshake. */
  DIRECT,
  /** None of these. */
  UNKNOWN;

  /** Length of a NAT keep-alive in bytes. */
  public static final int NAT_KEEP_ALIVE_BYTES = 14;

  /** First two bytes of a NAT keep-alive. */
  public static final int NAT_KEEP_ALIVE_MAGIC = 0x4850;

  /** Length of a pingwave in bytes. */
  public static final int PINGWAVE_BYTES = 72;

  private static final int MIN_ROUTED_BYTES = RoutingHeader.BYTES + PacketHeader.BYTES;

  /**
   * Tells the class; the order of the questions is part of the wire. Only a keep-alive and a
   * pingwave are known to be complete, the others may still prove too short.
   */
  public static DatagramClass of(byte[] datagram, int offset, int length) {
    if (length < Short.BYTES) {
      return UNKNOWN;
    }
    int magic = LittleEndian.getShort(datagram, offset);
    if (length == NAT_KEEP_ALIVE_BYTES && magic == NAT_KEEP_ALIVE_MAGIC) {
      return NAT_KEEP_ALIVE;
    }
    if (length == PINGWAVE_BYTES && magic != PacketHeader.MAGIC) {
      return PINGWAVE;
    }
    return switch (magic) {
      case RouteHopEnvelope.MAGIC -> ROUTE_HOP;
      case RoutingHeader.MAGIC -> length >= MIN_ROUTED_BYTES ? ROUTED : UNKNOWN;
      case PacketHeader.MAGIC -> DIRECT;
      default -> UNKNOWN;
    };
  }
}
