// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.crypto.Blake2s;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The numbers that stand for an entity on the Net wire, and how they are written. All are unsigned
 * (docs/wire/net-identity.md, "Numbers"). Stateless and thread-safe.
 */
public final class NodeIds {
  /** The low 16 bits that a node id must not have: pingwaves of such a node look like packets. */
  public static final int PACKET_MAGIC = 0x4E45;

  private static final byte[] NODE_ID_LABEL = "net-node-id-v1".getBytes(US_ASCII);
  private static final byte[] ORIGIN_LABEL = "net-origin-v1".getBytes(US_ASCII);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private NodeIds() {}

  /** The number that names the node to its peers. */
  static long nodeId(byte[] publicKey) {
    return (long) LONG_LE.get(Blake2s.keyedHash(NODE_ID_LABEL, publicKey), 0);
  }

  /** The number that names the publisher in packets and reply channels. */
  static long originHash(byte[] publicKey) {
    return (long) LONG_LE.get(Blake2s.keyedHash(ORIGIN_LABEL, publicKey), 0);
  }

  /** The half of a node id that routing headers and the handshake prologue carry. */
  public static int routingId(long nodeId) {
    return (int) nodeId;
  }

  /** Whether this node's pingwaves are told from packets; 1 id in 65536 is not. */
  public static boolean isDistinct(long nodeId) {
    return (nodeId & 0xFFFF) != PACKET_MAGIC;
  }

  /** An origin hash as it ends the name of a reply channel: 16 lower-case hex digits. */
  public static String originText(long originHash) {
    String digits = Long.toHexString(originHash);
    return "0".repeat(2 * Long.BYTES - digits.length()) + digits;
  }
}
