// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

/**
 * The 18 bytes that lead a packet to a node by its id (docs/wire/net-transport.md, "Routing
 * header"). Nothing authenticates them. Works on byte arrays, which must have room.
 */
public final class RoutingHeader {
  /** Length of a routing header. */
  public static final int BYTES = 18;

  /** First two bytes. */
  public static final int MAGIC = 0x5452;

  /** Hops that a handshake may take. */
  public static final int HANDSHAKE_TTL = 16;

  /** Hops that any other packet may take. */
  public static final int DATA_TTL = 8;

  private static final int TTL_AT = 2;
  private static final int HOP_COUNT_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final int RESERVED_AT = 5;
  private static final int SOURCE_AT = 6;
  private static final int DESTINATION_AT = 10;
  private static final int FLAGS_MASK = 0x0F;
  private static final int MAX_HOP_COUNT = 255;

  private RoutingHeader() {}

  /**
   * Writes a header without flags that has made no hop yet.
   *
   * @param ttl hops that are allowed, 0 to 255
   * @param source the low 32 bits of the sender's node id
   * @param destination the receiver's node id
   */
  public static void write(byte[] out, int offset, int ttl, int source, long destination) {
    LittleEndian.putShort(out, offset, MAGIC);
    out[offset + TTL_AT] = (byte) ttl;
    out[offset + HOP_COUNT_AT] = 0;
    out[offset + FLAGS_AT] = 0;
    out[offset + RESERVED_AT] = 0;
    LittleEndian.putInt(out, offset + SOURCE_AT, source);
    LittleEndian.putLong(out, offset + DESTINATION_AT, destination);
  }

  /** Hops that are still allowed, 0 to 255. */
  public static int ttl(byte[] in, int offset) {
    return Byte.toUnsignedInt(in[offset + TTL_AT]);
  }

  /** Hops made so far, 0 to 255; a claim. */
  public static int hopCount(byte[] in, int offset) {
    return Byte.toUnsignedInt(in[offset + HOP_COUNT_AT]);
  }

  /** The low 32 bits of the originator's node id; a claim. */
  public static int source(byte[] in, int offset) {
    return LittleEndian.getInt(in, offset + SOURCE_AT);
  }

  /** The node id of the receiver. */
  public static long destination(byte[] in, int offset) {
    return LittleEndian.getLong(in, offset + DESTINATION_AT);
  }

  /**
   * Changes the header for its next hop.
   *
   * @return false if no hop is left; the header is then unchanged
   */
  public static boolean forward(byte[] header, int offset) {
    int ttl = ttl(header, offset);
    if (ttl == 0) {
      return false;
    }
    header[offset + TTL_AT] = (byte) (ttl - 1);
    header[offset + HOP_COUNT_AT] = (byte) Math.min(hopCount(header, offset) + 1, MAX_HOP_COUNT);
    header[offset + FLAGS_AT] &= FLAGS_MASK;
    return true;
  }
}
