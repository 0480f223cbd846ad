// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.format;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lichen.crypto.Xxh3;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The file that names a log's live generation (docs/wire/redex-files.md, "Manifest"). */
public final class Manifest {
  /** Octets of the file. */
  public static final int BYTES = 16;

  private static final int MAGIC = 0x4D444552;
  private static final byte VERSION = 1;
  private static final int CHECKED = 12;

  private Manifest() {}

  /** The file for a generation, which is at least 1. */
  public static byte[] encode(long generation) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer.wrap(bytes)
        .order(LITTLE_ENDIAN)
        .putInt(MAGIC)
        .put(VERSION)
        .putInt((int) generation)
        .position(CHECKED)
        .putInt(checksum(bytes));
    return bytes;
  }

  /** The generation; empty if the file is none. What follows the 16 octets is ignored. */
  public static OptionalLong decode(byte[] bytes) {
    if (bytes.length < BYTES) {
      return OptionalLong.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
    boolean isManifest = in.getInt() == MAGIC && in.get() == VERSION;
    long generation = Integer.toUnsignedLong(in.getInt());
    boolean isReserved = in.getShort() == 0 && in.get() == 0;
    boolean isRight = in.getInt() == checksum(bytes);
    return isManifest && isReserved && isRight && generation != 0
        ? OptionalLong.of(generation)
        : OptionalLong.empty();
  }

  private static int checksum(byte[] bytes) {
    return (int) Xxh3.hash(bytes, 0, CHECKED);
  }
}
