// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import io.lichen.crypto.Blake2s;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What relays with gateway credentials put around a routed packet from hop to hop
 * (docs/wire/net-transport.md, "Route-hop envelope"): recognised and counted by this node, which
 * holds none. Allocates; not on the packet path.
 */
public final class RouteHopEnvelope {
  /** First two bytes. */
  public static final int MAGIC = 0x5248;

  /** Bytes in front of the routing header. */
  public static final int PREFIX_BYTES = 18;

  /** Bytes behind the packet. */
  public static final int TAG_BYTES = 16;

  private static final int SESSION_AT = 2;
  private static final int SEQUENCE_AT = 10;
  private static final byte[] DOMAIN =
      "net.subnet.route-hop.v1".getBytes(StandardCharsets.US_ASCII);

  private RouteHopEnvelope() {}

  /**
   * Puts an envelope around a routed packet.
   *
   * @param key the session's 32-byte route-hop key of this direction
   * @param hopSessionId the session between the two hops
   * @param hopSequence its next route-hop number
   * @param routed routing header and packet
   */
  public static byte[] seal(byte[] key, long hopSessionId, long hopSequence, byte[] routed) {
    byte[] out = new byte[PREFIX_BYTES + routed.length + TAG_BYTES];
    LittleEndian.putShort(out, 0, MAGIC);
    LittleEndian.putLong(out, SESSION_AT, hopSessionId);
    LittleEndian.putLong(out, SEQUENCE_AT, hopSequence);
    System.arraycopy(routed, 0, out, PREFIX_BYTES, routed.length);
    System.arraycopy(tag(key, out), 0, out, out.length - TAG_BYTES, TAG_BYTES);
    return out;
  }

  /** Whether this is an envelope, complete and sealed with this key. */
  public static boolean isAuthentic(byte[] key, byte[] envelope) {
    return envelope.length >= PREFIX_BYTES + RoutingHeader.BYTES + TAG_BYTES
        && LittleEndian.getShort(envelope, 0) == MAGIC
        && MessageDigest.isEqual(
            tag(key, envelope),
            Arrays.copyOfRange(envelope, envelope.length - TAG_BYTES, envelope.length));
  }

  /** The id of the session between the hops. */
  public static long hopSessionId(byte[] envelope) {
    return LittleEndian.getLong(envelope, SESSION_AT);
  }

  /** The number in that session. */
  public static long hopSequence(byte[] envelope) {
    return LittleEndian.getLong(envelope, SEQUENCE_AT);
  }

  /** Over everything but the first two bytes and the tag itself. */
  private static byte[] tag(byte[] key, byte[] envelope) {
    byte[] bound = Arrays.copyOfRange(envelope, SESSION_AT, envelope.length - TAG_BYTES);
    return Arrays.copyOf(Blake2s.keyedHash(key, DOMAIN, bound), TAG_BYTES);
  }
}
