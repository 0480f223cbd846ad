// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * XXH3 with a 64-bit result and seed 0: names of the Net wire become numbers by it
 * (docs/wire/net-identity.md, "Hashes of names"). Not a cryptographic hash: anybody finds two names
 * with one number.
 *
 * <p>Stateless and thread-safe; octets are hashed without an allocation.
 */
public final class Xxh3 {
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private static final ByteAccess<MemorySegment> SEGMENT =
      ByteAccess.forMemorySegment(MemorySegment.class);

  private Xxh3() {}

  /** The hash of the octets, an unsigned number. */
  public static long hash(byte[] in) {
    return HASHER.hashBytesToLong(in, 0, in.length);
  }

  /**
   * The hash of a range of the octets, an unsigned number.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  public static long hash(byte[] in, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, in.length);
    return HASHER.hashBytesToLong(in, offset, length);
  }

  /**
   * The hash of a range of memory, an unsigned number.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in it
   */
  public static long hash(MemorySegment in, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, in.byteSize());
    return HASHER.hashBytesToLong(in, offset, length, SEGMENT);
  }

  /** The hash of the text's UTF-8 octets, as for stream ids made from keys; allocates them. */
  public static long ofText(String text) {
    return hash(text.getBytes(UTF_8));
  }
}
