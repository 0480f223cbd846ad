// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in byte arrays as this wire writes them: least significant byte first. */
public final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** Reads 16 bits, 0 to 65535. */
  public static int getShort(byte[] in, int offset) {
    return Short.toUnsignedInt((short) SHORT.get(in, offset));
  }

  /** Writes the low 16 bits. */
  public static void putShort(byte[] out, int offset, int value) {
    SHORT.set(out, offset, (short) value);
  }

  /** Reads 32 bits. */
  public static int getInt(byte[] in, int offset) {
    return (int) INT.get(in, offset);
  }

  /** Writes 32 bits. */
  public static void putInt(byte[] out, int offset, int value) {
    INT.set(out, offset, value);
  }

  /** Reads 64 bits. */
  public static long getLong(byte[] in, int offset) {
    return (long) LONG.get(in, offset);
  }

  /** Writes 64 bits. */
  public static void putLong(byte[] out, int offset, long value) {
    LONG.set(out, offset, value);
  }
}
