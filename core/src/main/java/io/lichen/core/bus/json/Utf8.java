// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells UTF-8 from other octets: no surrogates, no overlong forms. */
public final class Utf8 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether all octets are UTF-8. */
  public static boolean isValid(byte[] octets) {
    int at = 0;
    int words = octets.length & ~7;
    while (at < words && ((long) WORD.get(octets, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < octets.length) {
      int length = octets[at] >= 0 ? 1 : sequenceLength(octets, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** The length of the sequence of several octets that begins there, 0 if there is none. */
  private static int sequenceLength(byte[] octets, int at) {
    int lead = octets[at] & 0xff;
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (octets.length - at < length || !isSecond(lead, octets[at + 1] & 0xff)) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((octets[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** The second octet is where overlong forms, surrogates and what lies behind U+10FFFF show. */
  private static boolean isSecond(int lead, int second) {
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
  }
}
