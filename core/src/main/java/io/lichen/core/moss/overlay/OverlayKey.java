// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.crypto.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;

/**
 * A point in the space of 256 bits in which nodes and topics lie (docs/wire/moss-overlay.md,
 * "Keys"). The distance of two points is their exclusive or, as a number without sign. Immutable.
 *
 * @param a the first 64 bits
 * @param b the next
 * @param c the next
 * @param d the last
 */
public record OverlayKey(long a, long b, long c, long d) {
  /** Length in octets. */
  public static final int BYTES = 32;

  /** Number of buckets, which is the length in bits. */
  public static final int BITS = 8 * BYTES;

  private static final byte[] TOPIC_LABEL =
      "moss/overlay/channel/".getBytes(StandardCharsets.US_ASCII);

  /**
   * Takes 32 octets.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static OverlayKey of(byte[] octets) {
    if (octets.length != BYTES) {
      throw new IllegalArgumentException(
          "an overlay key has " + BYTES + " octets, not " + octets.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return new OverlayKey(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Where a node lies: at its public key. */
  public static OverlayKey of(PeerId peer) {
    return of(peer.bytes());
  }

  /** Where a wire topic lies. */
  public static OverlayKey ofTopic(String topic) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(TOPIC_LABEL);
      return of(sha256.digest(topic.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The octets. */
  public byte[] octets() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /**
   * The bucket of this key's routing table into which another key belongs: 255 if they differ in
   * the first bit, 0 if only in the last, -1 if they are the same.
   */
  public int bucket(OverlayKey other) {
    int prefix = Long.numberOfLeadingZeros(a ^ other.a);
    if (prefix == Long.SIZE) {
      prefix += Long.numberOfLeadingZeros(b ^ other.b);
    }
    if (prefix == 2 * Long.SIZE) {
      prefix += Long.numberOfLeadingZeros(c ^ other.c);
    }
    if (prefix == 3 * Long.SIZE) {
      prefix += Long.numberOfLeadingZeros(d ^ other.d);
    }
    return BITS - 1 - prefix;
  }

  /** Orders keys by their distance from this one, the nearest first. */
  public Comparator<OverlayKey> byDistance() {
    return (x, y) -> {
      int order = Long.compareUnsigned(a ^ x.a, a ^ y.a);
      order = order != 0 ? order : Long.compareUnsigned(b ^ x.b, b ^ y.b);
      order = order != 0 ? order : Long.compareUnsigned(c ^ x.c, c ^ y.c);
      return order != 0 ? order : Long.compareUnsigned(d ^ x.d, d ^ y.d);
    };
  }
}
