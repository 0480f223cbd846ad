// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.util.stream.IntStream;

/**
 * Reads and writes numbers as the native does. Its reading of fractions and exponents is not the
 * nearest one: 64 bits of significand, then one multiplication or division in double precision
 * (docs/wire/net-event-bus.md, "JSON"); what is stored, and so hashed, depends on it.
 */
final class JsonNumbers {
  private static final double[] POWERS_OF_TEN =
      IntStream.rangeClosed(0, 308).mapToDouble(e -> Double.parseDouble("1e" + e)).toArray();

  /** So many digits stand before the point at most; beyond that there is an exponent. */
  private static final int MOST_WHOLE_DIGITS = 16;

  /** So many zeros follow the point at most. */
  private static final int MOST_LEADING_ZEROS = 4;

  private JsonNumbers() {}

  /** The number in {@code [from, to)}, whose form has been checked. */
  static JsonValue read(byte[] text, int from, int to) throws BusJsonException {
    boolean negative = text[from] == '-';
    int at = negative ? from + 1 : from;
    long significand = 0;
    while (at < to && isDigit(text[at]) && !overflows(significand, text[at])) {
      significand = 10 * significand + (text[at++] - '0');
    }
    if (at == to && !negative) {
      return new JsonValue.Whole(significand, false);
    }
    // Zero with a minus is no whole number, nor is what lies below the least of 64 bits.
    if (at == to && -significand < 0) {
      return new JsonValue.Whole(-significand, true);
    }
    double value = real(text, at, to, significand);
    return new JsonValue.Real(negative ? -value : value);
  }

  /** What follows the digits that fit into 64 bits. */
  private static double real(byte[] text, int from, int to, long leading) throws BusJsonException {
    long significand = leading;
    int exponent = 0;
    int at = from;
    while (at < to && isDigit(text[at])) {
      exponent++;
      at++;
    }
    if (at < to && text[at] == '.') {
      at++;
      while (at < to && isDigit(text[at]) && !overflows(significand, text[at])) {
        significand = 10 * significand + (text[at++] - '0');
        exponent--;
      }
      while (at < to && isDigit(text[at])) {
        at++;
      }
    }
    return at == to
        ? scaled(significand, exponent, from)
        : withExponent(text, at + 1, to, significand, exponent);
  }

  private static double withExponent(byte[] text, int from, int to, long significand, int before)
      throws BusJsonException {
    boolean below = text[from] == '-';
    long exponent = 0;
    for (int at = isDigit(text[from]) ? from : from + 1; at < to; at++) {
      exponent = Math.min(Integer.MAX_VALUE, 10 * exponent + (text[at] - '0'));
    }
    if (exponent == Integer.MAX_VALUE && (below || significand == 0)) {
      return 0;
    }
    long sum = before + (below ? -exponent : exponent);
    return scaled(significand, Math.clamp(sum, -Integer.MAX_VALUE, Integer.MAX_VALUE), from);
  }

  private static double scaled(long significand, int exponent, int offset) throws BusJsonException {
    double value = unsigned(significand);
    int left = exponent;
    while (left < -308 && value != 0) {
      value /= 1e308;
      left += 308;
    }
    if (value == 0) {
      return 0;
    }
    if (left < 0) {
      return value / POWERS_OF_TEN[-left];
    }
    double scaled = left > 308 ? Double.POSITIVE_INFINITY : value * POWERS_OF_TEN[left];
    if (Double.isInfinite(scaled)) {
      throw new BusJsonException("a number beyond double precision", offset);
    }
    return scaled;
  }

  /** The nearest double of a number without sign. */
  private static double unsigned(long bits) {
    return bits >= 0 ? (double) bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean overflows(long significand, byte digit) {
    long limit = Long.divideUnsigned(-1L, 10);
    int order = Long.compareUnsigned(significand, limit);
    return order > 0 || (order == 0 && digit - '0' > Long.remainderUnsigned(-1L, 10));
  }

  /** The shortest text that is read as this number, with a point or an exponent. */
  static String write(double value) {
    String java = Double.toString(Math.abs(value));
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
    String noZeros = all.replaceFirst("^0+", "");
    int position = point - (all.length() - noZeros.length());
    String digits = noZeros.replaceFirst("0+$", "");
    if (digits.isEmpty()) {
      return sign(value) + "0.0";
    }
    position += e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10);
    return sign(value) + placed(shortest(digits, position, Math.abs(value)), position);
  }

  /** Java never writes fewer than two digits, and so not the shortest text of some numbers. */
  private static String shortest(String digits, int position, double value) {
    if (digits.length() == 2) {
      int rounded = (Integer.parseInt(digits) + 5) / 10;
      if (rounded < 10 && Double.parseDouble("0." + rounded + "e" + position) == value) {
        return Integer.toString(rounded);
      }
    }
    return digits;
  }

  /** Puts the point behind that many digits; a negative number of them stands for zeros. */
  private static String placed(String digits, int position) {
    int count = digits.length();
    if (position > 0 && position <= MOST_WHOLE_DIGITS) {
      return count <= position
          ? digits + "0".repeat(position - count) + ".0"
          : digits.substring(0, position) + '.' + digits.substring(position);
    }
    if (position <= 0 && position >= -MOST_LEADING_ZEROS) {
      return "0." + "0".repeat(-position) + digits;
    }
    String rest = count == 1 ? "" : '.' + digits.substring(1);
    return digits.charAt(0) + rest + 'e' + (position - 1);
  }

  private static String sign(double value) {
    return Math.copySign(1, value) < 0 ? "-" : "";
  }
}
