// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/**
 * A point in the space of 160 bits in which nodes and info hashes lie. The distance of two points
 * is their exclusive or, as a number without sign. Immutable.
 *
 * @param a the first 64 bits
 * @param b the next 64
 * @param c the last 32
 */
public record NodeId(long a, long b, int c) {
  /** Length in octets. */
  public static final int BYTES = 20;

  /** Length in bits. */
  public static final int BITS = 8 * BYTES;

  /**
   * Takes 20 octets.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static NodeId of(byte[] octets) {
    if (octets.length != BYTES) {
      throw new IllegalArgumentException(
          "a node id has " + BYTES + " octets, not " + octets.length);
    }
    return read(ByteBuffer.wrap(octets));
  }

  /** Takes the next 20 octets. */
  static NodeId read(ByteBuffer octets) {
    return new NodeId(octets.getLong(), octets.getLong(), octets.getInt());
  }

  /** Any point. */
  public static NodeId random(RandomGenerator random) {
    return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
  }

  /** The octets. */
  public byte[] octets() {
    return write(ByteBuffer.allocate(BYTES)).array();
  }

  /** Appends the octets. */
  ByteBuffer write(ByteBuffer to) {
    return to.putLong(a).putLong(b).putInt(c);
  }

  /** How many leading bits another point has in common with this one: 0 to 160. */
  int commonBits(NodeId other) {
    int common = Long.numberOfLeadingZeros(a ^ other.a);
    if (common == Long.SIZE) {
      common += Long.numberOfLeadingZeros(b ^ other.b);
    }
    if (common == 2 * Long.SIZE) {
      common += Integer.numberOfLeadingZeros(c ^ other.c);
    }
    return common;
  }

  /** Any point that has exactly so many leading bits in common with this one, 0 to 159. */
  NodeId randomWithCommon(int bits, RandomGenerator random) {
    byte[] own = octets();
    byte[] any = random(random).octets();
    for (int bit = 0; bit <= bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      boolean wanted = ((own[bit / 8] & mask) != 0) == (bit < bits);
      any[bit / 8] = (byte) (wanted ? any[bit / 8] | mask : any[bit / 8] & ~mask);
    }
    return of(any);
  }

  /** Orders points by their distance from this one, the nearest first. */
  public Comparator<NodeId> byDistance() {
    return (x, y) -> {
      int order = Long.compareUnsigned(a ^ x.a, a ^ y.a);
      order = order != 0 ? order : Long.compareUnsigned(b ^ x.b, b ^ y.b);
      return order != 0 ? order : Integer.compareUnsigned(c ^ x.c, c ^ y.c);
    };
  }
}
