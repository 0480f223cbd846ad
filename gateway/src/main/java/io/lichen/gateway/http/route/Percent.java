// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986 section 2.1) of UTF-8. */
public final class Percent {
  private Percent() {}

  /**
   * The text behind {@code encoded}, or null when it has a bad escape, is no UTF-8, or holds
   * anything but printable ASCII.
   */
  public static @Nullable String decode(String encoded) {
    return decode(encoded, false);
  }

  /** {@link #decode} for queries and forms, where a plus stands for a space. */
  public static @Nullable String decodeForm(String encoded) {
    return decode(encoded, true);
  }

  private static @Nullable String decode(String encoded, boolean form) {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int c = encoded.charAt(i);
      if (c == '%') {
        c = escaped(encoded, i + 1);
        i += 2;
      } else if (c <= ' ' || c > '~') {
        c = -1;
      } else if (c == '+' && form) {
        c = ' ';
      }
      if (c < 0) {
        return null;
      }
      bytes[length++] = (byte) c;
    }
    return utf8(bytes, length);
  }

  /** The byte that two hexadecimal digits stand for, or a negative number. */
  private static int escaped(String encoded, int at) {
    if (at + 2 > encoded.length()) {
      return -1;
    }
    int high = hex(encoded.charAt(at));
    int low = hex(encoded.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Not {@link Character#digit}, which takes the digits of every script. */
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static @Nullable String utf8(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
