// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where the lexical elements of JSON end. */
final class JsonScan {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private JsonScan() {}

  /**
   * The first position that is not a plain character of a string: a quote, a backslash, a control
   * character or a byte above 0x7f; {@code end} if there is none.
   *
   * <p>Eight bytes at a time: a large payload is one string, and this loop is most of its cost.
   */
  static int plainEnd(byte[] text, int from, int end) {
    int p = from;
    for (; p + 8 <= end; p += 8) {
      long special = specialBytes((long) WORD.get(text, p));
      if (special != 0) {
        return p + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (p < end && isPlain(text[p])) {
      p++;
    }
    return p;
  }

  /** The high bit of the lowest special byte; bits above that one may be wrong. */
  private static long specialBytes(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long hits = (quote - ONES) & ~quote;
    hits |= (backslash - ONES) & ~backslash;
    hits |= (word - SPACES) & ~word;
    return (hits | word) & HIGH_BITS;
  }

  /**
   * The first position whose byte the writer cannot copy unseen: one that is not {@link #plainEnd
   * plain}, or {@code &}, {@code <}, {@code =}, {@code >} or {@code ?}; {@code end} if there is
   * none. The equals sign is found because it lies between the others, the question mark because it
   * is what the JDK puts for half a surrogate pair.
   */
  static int copyableEnd(byte[] text, int from, int end) {
    int p = from;
    for (; p + 8 <= end; p += 8) {
      long special = escapedBytes((long) WORD.get(text, p));
      if (special != 0) {
        return p + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (p < end && isPlain(text[p]) && text[p] != '&' && (text[p] < '<' || text[p] > '?')) {
      p++;
    }
    return p;
  }

  /** Like {@link #specialBytes}; characters that differ in some bits only are found together. */
  private static long escapedBytes(long word) {
    long quoteOrAmpersand = (word & ~(ONES * ('"' ^ '&'))) ^ QUOTES;
    long angle = (word & ~(ONES * ('<' ^ '?'))) ^ (ONES * '<');
    long backslash = word ^ BACKSLASHES;
    long hits = (quoteOrAmpersand - ONES) & ~quoteOrAmpersand;
    hits |= (angle - ONES) & ~angle;
    hits |= (backslash - ONES) & ~backslash;
    hits |= (word - SPACES) & ~word;
    return (hits | word) & HIGH_BITS;
  }

  private static boolean isPlain(byte c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  /** The position behind the escape that begins at {@code from}, or -1 if it is not a valid one. */
  static int escapeEnd(byte[] text, int from, int end) {
    if (from + 1 >= end) {
      return -1;
    }
    return switch (text[from + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
      case 'u' -> from + 6 <= end && hex4(text, from + 2) >= 0 ? from + 6 : -1;
      default -> -1;
    };
  }

  /** The value of four hex digits, or -1. */
  static int hex4(byte[] text, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit((char) text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** The position behind the number that begins at {@code from}, or -1 if it is not one. */
  static int numberEnd(byte[] text, int from, int end) {
    int p = from;
    if (p < end && text[p] == '-') {
      p++;
    }
    int digits = p;
    p = digitsEnd(text, p, end);
    if (p == digits || (text[digits] == '0' && p > digits + 1)) {
      return -1;
    }
    if (p < end && text[p] == '.') {
      int fraction = p + 1;
      p = digitsEnd(text, fraction, end);
      if (p == fraction) {
        return -1;
      }
    }
    return exponentEnd(text, p, end);
  }

  private static int exponentEnd(byte[] text, int from, int end) {
    int p = from;
    if (p == end || (text[p] != 'e' && text[p] != 'E')) {
      return p;
    }
    p++;
    if (p < end && (text[p] == '+' || text[p] == '-')) {
      p++;
    }
    int behind = digitsEnd(text, p, end);
    return behind == p ? -1 : behind;
  }

  private static int digitsEnd(byte[] text, int from, int end) {
    int p = from;
    while (p < end && text[p] >= '0' && text[p] <= '9') {
      p++;
    }
    return p;
  }
}
