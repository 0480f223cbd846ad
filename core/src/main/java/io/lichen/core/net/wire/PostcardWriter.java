// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes postcard, value after value, to the end of a buffer (docs/wire/net-capabilities.md,
 * "Postcard"). Not thread-safe.
 */
public final class PostcardWriter {
  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;
  private static final int V4_BYTES = 4;

  private final ByteBuf out;

  /** Writes to this buffer, which stays the caller's. */
  public PostcardWriter(ByteBuf out) {
    this.out = out;
  }

  /** One octet: 0 to 255. */
  public PostcardWriter u8(int value) {
    out.writeByte(value);
    return this;
  }

  /** An unsigned integer of 16, 32 or 64 bits, a length, or an enumeration's variant. */
  public PostcardWriter unsigned(long value) {
    long rest = value;
    while ((rest & -MORE) != 0) {
      out.writeByte(((int) rest & 0x7F) | MORE);
      rest >>>= GROUP_BITS;
    }
    out.writeByte((int) rest);
    return this;
  }

  /** A signed integer of 16, 32 or 64 bits. */
  public PostcardWriter signed(long value) {
    return unsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** A truth value. */
  public PostcardWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** A double. */
  public PostcardWriter f64(double value) {
    out.writeDoubleLE(value);
    return this;
  }

  /** A float. */
  public PostcardWriter f32(float value) {
    out.writeFloatLE(value);
    return this;
  }

  /** A value that may be missing. */
  public <T> PostcardWriter option(@Nullable T value, BiConsumer<PostcardWriter, T> writer) {
    bool(value != null);
    if (value != null) {
      writer.accept(this, value);
    }
    return this;
  }

  /** Octets, and before them how many they are. */
  public PostcardWriter bytes(byte[] octets) {
    return unsigned(octets.length).raw(octets);
  }

  /** Octets as they are: an array whose length the reader knows. */
  public PostcardWriter raw(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  /** A text as UTF-8. */
  public PostcardWriter string(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A resolved address and its port. */
  public PostcardWriter socketAddress(InetSocketAddress address) {
    byte[] host = address.getAddress().getAddress();
    return unsigned(host.length == V4_BYTES ? 0 : 1).raw(host).unsigned(address.getPort());
  }

  /** A length of time that is not negative. */
  public PostcardWriter duration(Duration value) {
    return unsigned(value.getSeconds()).unsigned(value.getNano());
  }
}
