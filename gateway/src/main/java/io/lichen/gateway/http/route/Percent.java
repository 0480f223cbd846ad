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
    return isPrintable(encoded) ? decode(encoded, false) : null;
  }

  /**
   * {@link #decode} for queries and forms: a plus stands for a space, and what should have been
   * encoded stands for itself.
   */
  public static @Nullable String decodeForm(String encoded) {
    return decode(encoded, true);
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String decode(String encoded, boolean form) {
    if (encoded.indexOf('%') < 0 && !(form && encoded.indexOf('+') >= 0)) {
      return encoded;
    }
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i];
      if (b == '%') {
        b = escaped(bytes, i + 1);
        if (b < 0) {
          return null;
        }
        i += 2;
      } else if (b == '+' && form) {
        b = ' ';
      }
      bytes[length++] = (byte) b;
    }
    return utf8(bytes, length);
  }

  /** The byte that two hexadecimal digits stand for, or a negative number. */
  private static int escaped(byte[] encoded, int at) {
    if (at + 2 > encoded.length) {
      return -1;
    }
    int high = hex(encoded[at]);
    int low = hex(encoded[at + 1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
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
