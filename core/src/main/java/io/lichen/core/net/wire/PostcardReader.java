// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads postcard, value after value, from an array that is not copied and must not change
 * (docs/wire/net-capabilities.md, "Postcard"). What an integer cannot hold, a length beyond what is
 * left, and any octet that stands for nothing is refused. Not thread-safe.
 */
public final class PostcardReader {
  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int NANOS = 1_000_000_000;

  private final ByteBuffer in;

  /** Reads from the beginning of the array to its end. */
  public PostcardReader(byte[] octets) {
    this.in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads one value where another is expected around it. */
  @FunctionalInterface
  public interface ValueReader<T> {
    /** Reads the value that comes next. */
    T read(PostcardReader in) throws NetWireException;
  }

  /** 0 to 255. */
  public int readU8() throws NetWireException {
    require(1);
    return in.get() & 0xFF;
  }

  /** 0 to 65535. */
  public int readU16() throws NetWireException {
    return (int) varint(Short.SIZE);
  }

  /** 0 to 2^32 - 1. */
  public long readU32() throws NetWireException {
    return varint(Integer.SIZE);
  }

  /** All 64 bits, unsigned. */
  public long readU64() throws NetWireException {
    return varint(Long.SIZE);
  }

  /** All 64 bits, signed. */
  public long readI64() throws NetWireException {
    long zigzag = varint(Long.SIZE);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** A truth value: 0 or 1. */
  public boolean readBoolean() throws NetWireException {
    int octet = readU8();
    if (octet > 1) {
      throw new NetWireException("expected 0 or 1, found " + octet);
    }
    return octet == 1;
  }

  /** A double of any kind, NaN and infinities included. */
  public double readF64() throws NetWireException {
    require(Double.BYTES);
    return in.getDouble();
  }

  /** A float of any kind, NaN and infinities included. */
  public float readF32() throws NetWireException {
    require(Float.BYTES);
    return in.getFloat();
  }

  /** A value that may be missing; {@code null} if it is. */
  public <T> @Nullable T readOption(ValueReader<T> value) throws NetWireException {
    return readBoolean() ? value.read(this) : null;
  }

  /**
   * The number of items that follow.
   *
   * @param itemBytes the least octets of one item, at least 1
   */
  public int readCount(int itemBytes) throws NetWireException {
    long count = varint(Long.SIZE);
    if (Long.compareUnsigned(count, in.remaining() / itemBytes) > 0) {
      throw new NetWireException(
          Long.toUnsignedString(count) + " items, but " + in.remaining() + " octets are left");
    }
    return (int) count;
  }

  /** Octets that say how many they are. */
  public byte[] readBytes() throws NetWireException {
    return readRaw(readCount(1));
  }

  /** So many octets. */
  public byte[] readRaw(int length) throws NetWireException {
    require(length);
    byte[] octets = new byte[length];
    in.get(octets);
    return octets;
  }

  /** A text, which is UTF-8. */
  public String readString() throws NetWireException {
    byte[] octets = readBytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new NetWireException("a text of " + octets.length + " octets is not UTF-8");
    }
  }

  /**
   * The number of an enumeration's variant.
   *
   * @param count how many there are
   */
  public int readVariant(int count) throws NetWireException {
    long variant = varint(Integer.SIZE);
    if (variant >= count) {
      throw new NetWireException("expected a variant below " + count + ", found " + variant);
    }
    return (int) variant;
  }

  /** An IP address and a port. */
  public InetSocketAddress readSocketAddress() throws NetWireException {
    byte[] host = readRaw(readVariant(2) == 0 ? V4_BYTES : V6_BYTES);
    int port = readU16();
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 octets", e);
    }
  }

  /** A length of time. */
  public Duration readDuration() throws NetWireException {
    long seconds = readU64();
    long nanos = readU32();
    if (seconds < 0 || nanos >= NANOS) {
      throw new NetWireException(
          "a duration of " + Long.toUnsignedString(seconds) + " s and " + nanos + " ns");
    }
    return Duration.ofSeconds(seconds, nanos);
  }

  /** Makes sure that nothing is left. */
  public void end() throws NetWireException {
    if (in.hasRemaining()) {
      throw new NetWireException(in.remaining() + " octets behind the value");
    }
  }

  /** Groups of seven bits, the least significant first; not more of them than the type has. */
  private long varint(int bits) throws NetWireException {
    long value = 0;
    for (int shift = 0; shift < bits; shift += GROUP_BITS) {
      int octet = readU8();
      long group = octet & ~MORE;
      if (bits - shift < GROUP_BITS && group >>> (bits - shift) != 0) {
        throw new NetWireException("an integer does not fit into " + bits + " bits");
      }
      value |= group << shift;
      if (octet < MORE) {
        return value;
      }
    }
    throw new NetWireException("an integer of " + bits + " bits has too many octets");
  }

  private void require(int length) throws NetWireException {
    if (in.remaining() < length) {
      throw new NetWireException(length + " octets wanted, " + in.remaining() + " left");
    }
  }
}
