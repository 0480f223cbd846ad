// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON with the natives' escapes, so that our octets equal their octets. Those of Moss
 * ({@link #string}) escape {@code <}, {@code >}, {@code &}, U+2028 and U+2029, let other text stand
 * as UTF-8, and make what is not Unicode the escape of U+FFFD (docs/wire/moss-envelope.md, "What a
 * sender writes"). Those of Net ({@link #minimalString}) escape nothing that JSON lets stand
 * (docs/wire/net-capabilities.md, "The text").
 *
 * <p>Commas, colons and brackets are the caller's. Not thread-safe.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] RAW = rawCharacters();

  /** From here on base64 is not encoded into an array of its own. */
  private static final int LONG_OCTETS = 8192;

  /** The longest form of one UTF-16 unit: a six-character escape. */
  private static final int MAX_UNIT_BYTES = 6;

  private byte[] out;
  private int length;

  /** Starts with room for this many bytes; grows as needed. */
  public JsonWriter(int capacity) {
    this.out = new byte[Math.max(16, capacity)];
  }

  /** What was written: the buffer itself if it is exactly full. */
  public byte[] toByteArray() {
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /** Bytes as they are. */
  public JsonWriter raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** One ASCII character as it is. */
  public JsonWriter raw(char ascii) {
    ensure(1);
    out[length++] = (byte) ascii;
    return this;
  }

  /** A quoted, escaped string. */
  public JsonWriter string(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    raw('"');
    if (JsonScan.copyableEnd(octets, 0, octets.length) == octets.length) {
      raw(octets);
    } else {
      escaped(text);
    }
    return raw('"');
  }

  /**
   * A quoted string in which only quotes, backslashes and control characters are escaped, the
   * latter in their short form where there is one. The text must be Unicode: a surrogate without
   * its partner becomes a question mark.
   */
  public JsonWriter minimalString(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    raw('"');
    ensure(Math.multiplyExact(octets.length, MAX_UNIT_BYTES));
    for (byte octet : octets) {
      if ((octet & 0xff) >= ' ' && octet != '"' && octet != '\\') {
        out[length++] = octet;
      } else {
        asciiEscape((char) octet);
      }
    }
    return raw('"');
  }

  /** How many bytes {@link #string} writes for this text. */
  public static int stringSize(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return JsonScan.copyableEnd(octets, 0, octets.length) == octets.length
        ? octets.length + 2
        : new JsonWriter(2 * octets.length).string(text).length;
  }

  /** A signed integer. */
  public JsonWriter number(long value) {
    return ascii(Long.toString(value));
  }

  /** An integer without sign. */
  public JsonWriter unsignedNumber(long value) {
    return ascii(Long.toUnsignedString(value));
  }

  /** Octets as quoted, padded base64. */
  public JsonWriter octets(byte[] octets) {
    ensure(octetsSize(octets.length));
    out[length++] = '"';
    if (octets.length < LONG_OCTETS) {
      return raw(Base64.getEncoder().encode(octets)).raw('"');
    }
    // The encoder fills an array from its beginning only. To move what it wrote there to its place
    // is cheaper than a second array.
    byte[] before = Arrays.copyOf(out, length);
    int encodedLength = Base64.getEncoder().encode(octets, out);
    System.arraycopy(out, 0, out, before.length, encodedLength);
    System.arraycopy(before, 0, out, 0, before.length);
    length += encodedLength;
    return raw('"');
  }

  /** How many bytes {@link #octets} writes for this many octets. */
  public static int octetsSize(int count) {
    return Math.addExact(2, Math.multiplyExact(4, (count + 2) / 3));
  }

  /** ASCII text as it is. */
  @SuppressWarnings("StringCharset") // ISO-8859-1 copies a Latin string as it is: no scan
  public JsonWriter ascii(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void escaped(String text) {
    ensure(Math.multiplyExact(text.length(), MAX_UNIT_BYTES));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isRaw(c)) {
        out[length++] = (byte) c;
      } else if (c < 0x80) {
        asciiEscape(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourOctets(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        upToThreeOctets(c);
      }
    }
  }

  private void asciiEscape(char c) {
    switch (c) {
      case '"', '\\' -> shortEscape(c);
      case '\b' -> shortEscape('b');
      case '\f' -> shortEscape('f');
      case '\n' -> shortEscape('n');
      case '\r' -> shortEscape('r');
      case '\t' -> shortEscape('t');
      default -> unicodeEscape(c);
    }
  }

  private void upToThreeOctets(char c) {
    if (Character.isSurrogate(c)) {
      unicodeEscape('\ufffd');
    } else if (c == '\u2028' || c == '\u2029') {
      unicodeEscape(c);
    } else if (c < 0x800) {
      out[length++] = (byte) (0xc0 | c >> 6);
      out[length++] = (byte) (0x80 | (c & 0x3f));
    } else {
      out[length++] = (byte) (0xe0 | c >> 12);
      out[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
      out[length++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  private void fourOctets(int codePoint) {
    out[length++] = (byte) (0xf0 | codePoint >> 18);
    out[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
    out[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
    out[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void shortEscape(char c) {
    out[length++] = '\\';
    out[length++] = (byte) c;
  }

  private void unicodeEscape(char c) {
    shortEscape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[length++] = HEX[c >> shift & 0xf];
    }
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > out.length) {
      out =
          Arrays.copyOf(
              out, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * out.length)));
    }
  }

  private static boolean isRaw(char c) {
    return c < 0x80 && RAW[c];
  }

  private static boolean[] rawCharacters() {
    boolean[] raw = new boolean[0x80];
    Arrays.fill(raw, ' ', 0x80, true);
    for (char c : "\"\\<>&".toCharArray()) {
      raw[c] = false;
    }
    return raw;
  }
}
